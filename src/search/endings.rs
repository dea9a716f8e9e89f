//! Endings that the stemmer of a language takes off: so a form that the site doesn't use leads to its token as well.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::index::vocabulary::Vocabulary;
use super::language::{Meaning, code, meaning};
use super::postings::Source;
use super::words::is_letter;

/// How many tokens are asked, the most used ones.
const ASKED: usize = 160;

/// Shorter tokens are not asked.
const LEAST: usize = 3;

/// By what a token ends with, the endings of forms in its place, between spaces.
pub type Endings = BTreeMap<String, String>;

/// Endings of the language of `tag` for the tokens that were `asked`. Most that may have such a form must be what the
/// stemmer makes of it.
pub fn endings(tag: &str, asked: &[&str]) -> Endings {
    let Some(endings) = usual(tag) else { return Endings::new() };
    let endings: Vec<&str> = endings.split(' ').collect();
    let tried = asked.par_iter().map(|token| {
        let forms = forms(token, &endings).map(|(last, ending, form)| {
            let same = matches!(meaning(tag, &form), Meaning::Token(stem) if stem == *token);
            ((last, ending), same)
        });
        forms.collect::<Vec<_>>()
    });
    let mut counts: BTreeMap<(String, String), (u32, u32)> = BTreeMap::new();
    for (rule, same) in tried.collect::<Vec<_>>().into_iter().flatten() {
        let (yes, all) = counts.entry(rule).or_default();
        *yes += u32::from(same);
        *all += 1;
    }
    let mut found = Endings::new();
    for ((last, ending), (yes, all)) in counts {
        if yes * 2 > all {
            let list = found.entry(last).or_default();
            if !list.is_empty() {
                list.push(' ');
            }
            list.push_str(&ending);
        }
    }
    found
}

/// The tokens of letters that most pages have.
pub fn asked<'a>(vocabulary: &'a Vocabulary, lists: &dyn Source) -> Vec<&'a str> {
    let is_token = |rank: &usize| {
        let word = &vocabulary.words[*rank];
        lists.used(*rank) > 0
            && word.chars().count() >= LEAST
            && word.chars().all(|c| is_letter(c) && !c.is_numeric())
    };
    let mut ranks: Vec<usize> = (0..vocabulary.words.len()).into_par_iter().filter(is_token).collect();
    if ranks.len() > ASKED {
        ranks.select_nth_unstable_by_key(ASKED, |rank| (u32::MAX - lists.used(*rank), *rank));
        ranks.truncate(ASKED);
    }
    ranks.into_iter().map(|rank| &vocabulary.words[rank]).collect()
}

/// What the token may end with, what a form has in its place, and that form: the token with an ending, with an ending
/// in place of its last letter, and with its last letter doubled before one.
fn forms<'a>(token: &'a str, endings: &'a [&str]) -> impl Iterator<Item = (String, String, String)> + 'a {
    let last = token.chars().next_back().map_or(0, char::len_utf8);
    let (stem, last) = token.split_at(token.len() - last);
    endings.iter().flat_map(move |ending| {
        let whole = (String::new(), (*ending).to_owned(), format!("{token}{ending}"));
        let instead = (last.to_owned(), (*ending).to_owned(), format!("{stem}{ending}"));
        let doubled = || (last.to_owned(), format!("{last}{last}{ending}"), format!("{token}{last}{ending}"));
        let is_short = ending.chars().nth(1).is_some() && ending.len() < 4;
        // Instead of itself it is no other form.
        let instead = (*ending != last).then_some(instead);
        [whole].into_iter().chain(instead).chain(is_short.then(doubled))
    })
}

/// Usual endings of the languages that have a stemmer.
fn usual(tag: &str) -> Option<&'static str> {
    Some(match code(tag)?.as_str() {
        "en" => {
            "s es ed d ing ings er ers y ies ied ly e al als ally ation ations ational ion ions ive ment ments ness able ible ance ence ity ities ize izes ized izing ous ful ic ism"
        }
        "ar" => "ون ات ان ين ة ه ها هم ية ي نا وا تم ا",
        "da" => {
            "en et er ere eren erne ene e s ede ende ens ets ernes hed heden heder lig lige ligt ig ige st"
        }
        "de" => {
            "e en er es em n s st t te ten test tet et end ende ung ungen lich liche lichen ig ige igen isch ische ischen heit heiten keit keiten"
        }
        "du" => "en e s er ers ing ingen heid heden elijk elijke lijk lijke baar de den te ten t d tje tjes",
        "es" => {
            "s es o a os as ar er ir ado ada ados adas ando ido ida idos iendo ción ciones ador adores amente mente able ables ó é ía ían aba aban aron ieron"
        }
        "fi" => {
            "n t a ä ta tä ssa ssä sta stä lla llä lta ltä lle ksi na nä en in an on ni si mme nne nsa nsä kin ja jä jen ista istä issa issä ien ien"
        }
        "fr" => {
            "s e es er ez é ée és ées ent ant ants ante antes ait aient era eront ement ements ation ations ateur ateurs euse euses eux if ive ifs ives ité ités issement ir it is iste istes able ables"
        }
        "hu" => {
            "k ok ek ak ök t ot et at öt ban ben nak nek ból ből tól től hoz hez höz val vel al el on en ön ra re ig ja je i a e uk ük unk ünk ságot ságok"
        }
        "it" => {
            "o a i e are ere ire ato ata ati ate ando endo ito uto zione zioni azione azioni mente amente abile abili ore ori ico ica ici iche tà ità ava avano ano ono"
        }
        "no" => "en et er ene e a s ede ende ens ets enes het heten heter lig lige ig ige te t",
        "pt" => {
            "s es o a os as ar er ir ado ada ados adas ando ido ida indo endo ção ções ador adores mente amente ável ível ou ei am em ava avam iam"
        }
        "ro" => {
            "ul ului uri urile le lor ele elor e i ii a ă o are ere ire ând ind at ată ați ate ție ții iune iuni ează esc ește"
        }
        "ru" => {
            "а я о е ы и у ю ой ей ом ем ам ям ами ями ах ях ов ев ий ый ая яя ое ее ые ие ого его ому ему ым им ых их ую юю ть л ла ло ли ет ит ют ят ешь ишь ся ость ости ние ния ниям ник"
        }
        "sv" => {
            "en et ar er or n arna erna orna na e a s ade at ande ens ets arnas erna het heten heter lig liga ligt ig iga igt t te"
        }
        "tr" => {
            "lar ler da de dan den ta te tan ten nın nin nun nün ın in un ün ı i u ü a e ya ye yı yi ları leri ların lerin lık lik ım im sı si mız miz la le dır dir"
        }
        _ => return None,
    })
}
