//! What transcripts promise as a whole: WebVTT as browsers read it, the exports of hosts, and forms that read back.
//! Inputs and expectations follow from the specification's algorithm, a case for each of its branches.

use proptest::prelude::*;

use super::*;

fn read_as(name: &str, text: &str) -> (Transcript, Vec<Diagnostic>) {
    read(&SourcePath::new(name).unwrap(), text)
}

/// `id|start|end|payload` of each cue of a WebVTT file, times in milliseconds.
fn cues(text: &str) -> Vec<String> {
    let (transcript, _) = read_as("a.vtt", text);
    let line = |cue: &Cue| format!("{}|{}|{}|{}", cue.id, cue.start.millis(), cue.end.millis(), cue.raw);
    transcript.cues.iter().map(line).collect()
}

fn findings(name: &str, text: &str) -> Vec<(&'static str, usize)> {
    let (_, found) = read_as(name, text);
    found.into_iter().map(|d| (d.code, d.place.map_or(0, |place| place.line))).collect()
}

const TIMES: &str = "00:01.000 --> 00:02.000";
const CUE: &str = "|1000|2000|";

#[test]
fn a_file_starts_with_its_signature() {
    let body = format!("\n\n{TIMES}\nx\n");
    for signature in ["WEBVTT", "WEBVTT ", "WEBVTT\t", "WEBVTT - a title", "\u{feff}WEBVTT"] {
        assert_eq!(cues(&format!("{signature}{body}")), [format!("{CUE}x")], "{signature:?}");
    }
    for signature in [
        "",
        "\n",
        " WEBVTT",
        "WEBVTTX",
        "webvtt",
        "WEBVT",
        "\nWEBVTT",
        "\u{feff}\u{feff}WEBVTT",
        "WEBVTT\u{b}",
    ] {
        let text = format!("{signature}{body}");
        assert_eq!(cues(&text), [""; 0], "{signature:?}");
        assert_eq!(findings("a.vtt", &text)[0].0, "not-a-transcript");
    }
    for whole in ["WEBVTT", "WEBVTT\n", "WEBVTT\n\n", "WEBVTT foo"] {
        assert_eq!(findings("a.vtt", whole), [("empty-transcript", 0)], "{whole:?}");
    }
}

#[test]
fn what_stands_below_the_signature_is_passed_over_up_to_times() {
    assert_eq!(
        cues(&format!("WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000\nid\n\n{TIMES}\nx")),
        [format!("{CUE}x")]
    );
    assert_eq!(cues(&format!("WEBVTT\n{TIMES}\nx")), [format!("{CUE}x")]);
    assert_eq!(cues(&format!("WEBVTT\nKind: captions\n{TIMES}\nx")), [format!("{CUE}x")]);
    assert_eq!(cues(&format!("WEBVTT {TIMES}\nx\n\n{TIMES}\ny")), [format!("{CUE}y")]);
}

#[test]
fn every_line_end_counts_and_the_last_one_may_be_missing() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["WEBVTT", "", "id", TIMES, "a", "b", "", "", TIMES, "c"].join(end);
        assert_eq!(cues(&text), [format!("id{CUE}a\nb"), format!("{CUE}c")], "{end:?}");
    }
    assert_eq!(cues(&format!("WEBVTT\n\n{TIMES}")), [CUE]);
    assert_eq!(cues(&format!("WEBVTT\n\n{TIMES}\n\nlost")), [CUE]);
    assert_eq!(cues(&format!("WEBVTT\n\ni\0d\n{TIMES}\na\0")), [format!("i\u{fffd}d{CUE}a\u{fffd}")]);
}

#[test]
fn identifiers_are_the_line_above_the_times() {
    let text =
        format!("WEBVTT\n\n 1 \n{TIMES}\na\n\nNOTE\n{TIMES}\nb\n\nSTYLE\n{TIMES}\nc\n\n-- >\n{TIMES}\nd");
    assert_eq!(
        cues(&text),
        [format!(" 1 {CUE}a"), format!("NOTE{CUE}b"), format!("STYLE{CUE}c"), format!("-- >{CUE}d")]
    );
    // Two lines above the times are no identifier, and the times are no cue's beginning.
    assert_eq!(cues(&format!("WEBVTT\n\none\ntwo\n{TIMES}\na")), [format!("{CUE}a")]);
}

#[test]
fn an_arrow_anywhere_is_about_another_cue() {
    assert_eq!(cues(&format!("WEBVTT\n\n{TIMES}\na\n{TIMES}\nb")), [format!("{CUE}a"), format!("{CUE}b")]);
    assert_eq!(
        cues(&format!("WEBVTT\n\n{TIMES}\na\nx-->\n{TIMES}\nb")),
        [format!("{CUE}a"), format!("{CUE}b")]
    );
    assert_eq!(cues(&format!("WEBVTT\n\n-->\n{TIMES}\na")), [format!("{CUE}a")]);
    assert_eq!(
        cues(&format!("WEBVTT\n\n{TIMES}\n-->\nlost\n\n{TIMES}\nb")),
        [CUE.to_owned(), format!("{CUE}b")]
    );
    assert_eq!(
        cues(&format!("WEBVTT\n\nNOTE a comment\n{TIMES}\nsaid")),
        [format!("NOTE a comment{CUE}said")]
    );
}

#[test]
fn comments_regions_and_styles_are_no_cues_and_no_finding() {
    let text = format!(
        "WEBVTT\n\nNOTE\nof mine\n\nSTYLE\n::cue {{}}\n\nREGION\nid:a\n\nNOTE x\n\n{TIMES}\na\n\nSTYLE\n::cue {{}}\n"
    );
    assert_eq!(cues(&text), [format!("{CUE}a")]);
    assert_eq!(findings("a.vtt", &text), []);
}

#[test]
fn times_are_read_as_the_specification_has_them() {
    for (times, millis) in [
        ("00:00:01.000 --> 00:00:02.000", "1000|2000"),
        ("00:01.000-->00:02.000", "1000|2000"),
        ("\t00:01.000 \t --> \u{c}00:02.000 align:start", "1000|2000"),
        ("00:01.000 --> 00:02.000garbage", "1000|2000"),
        ("00:02.000 --> 00:01.000", "2000|1000"),
        ("1:00:01.000 --> 999:00:02.000", "3601000|3596402000"),
    ] {
        assert_eq!(cues(&format!("WEBVTT\n\n{times}\nx")), [format!("|{millis}|x")], "{times}");
    }
    for times in [
        "00:01,000 --> 00:02,000",
        "00:01.000 -> 00:02.000 -->",
        "00:01.000 --> ",
        "--> 00:02.000",
        "0:01.000 --> 00:02.000",
        "00:01.000 -- > 00:02.000 -->",
        "60:00.000 --> 61:00.000",
        "-00:01.000 --> 00:02.000",
        "00:01.00 --> 00:02.000",
        "00:01.000 --> 00:60.000",
        "x 00:01.000 --> 00:02.000",
        "00:01.000 x --> 00:02.000",
        "00:01.0000 --> 00:02.000",
    ] {
        let text = format!("WEBVTT\n\n{times}\nlost\n\n{TIMES}\nkept");
        assert_eq!(cues(&text), [format!("{CUE}kept")], "{times}");
        assert_eq!(findings("a.vtt", &text), [("unreadable-cue", 3)], "{times}");
    }
}

#[test]
fn text_without_times_is_a_finding() {
    assert_eq!(findings("a.vtt", &format!("WEBVTT\n\n{TIMES}\na\n\nb\n")), [("unreadable-cue", 6)]);
}

#[test]
fn a_file_of_bad_cues_is_said_in_a_few_findings() {
    let text = format!("WEBVTT\n\n{}", "00:01.000 --> x\nlost\n\n".repeat(20_000));
    let (transcript, found) = read_as("a.vtt", &text);
    assert!(transcript.cues.is_empty() && found.len() < 100);
    assert!(found.iter().any(|d| d.message.starts_with("19950 more")), "{found:?}");
}

/// `speaker: text` of each cue.
fn said(name: &str, text: &str) -> Vec<String> {
    let (transcript, _) = read_as(name, text);
    let line = |cue: &Cue| format!("{}: {}", cue.speaker.as_deref().unwrap_or("-"), cue.text);
    transcript.cues.iter().map(line).collect()
}

#[test]
fn zoom_writes_names_before_what_is_said() {
    let text = "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nAna Souza: Hello. Note: it's 12:30.\r\n\r\n\
                2\r\n00:00:02.000 --> 00:00:03.000\r\nBo: Hi\r\n\r\n3\r\n00:00:03.000 --> 00:00:04.000\r\nSo: that's it\r\n";
    assert_eq!(said("a.vtt", text), ["Ana Souza: Hello. Note: it's 12:30.", "Bo: Hi", "Bo: So: that's it"]);
}

#[test]
fn teams_writes_voices() {
    let text = "WEBVTT\n\n1f6f3c2e-0c1d-4b4f/12-0\n00:00:01.000 --> 00:00:02.000\n<v Souza, Ana>Hello &amp; welcome.</v>\n\n\
                1f6f3c2e-0c1d-4b4f/13-0\n00:00:02.000 --> 00:00:03.000\n<v Bo>One: hi</v>\n";
    assert_eq!(said("a.vtt", text), ["Souza, Ana: Hello & welcome.", "Bo: One: hi"]);
}

#[test]
fn a_word_with_a_colon_is_no_speaker() {
    let lines = [
        "Note: this is slow",
        "at 12:30 we go",
        "Warning: hot",
        "and it works",
        "see https://x.example",
        "Result: fine",
        "done",
    ];
    let text: String = lines.iter().enumerate().fold(String::new(), |text, (at, line)| {
        format!("{text}{}\n00:00:0{at},000 --> 00:00:0{at},900\n{line}\n\n", at + 1)
    });
    assert_eq!(said("a.srt", &text), lines.map(|line| format!("-: {line}")));
}

#[test]
fn a_name_holds_until_the_next_one() {
    let lines = [
        "ANA: Good morning.",
        "We start.",
        ">> BO: Yes.",
        "Please.",
        "ANA: So",
        "first",
        "BO: x",
        "ANA: y\nBO: z",
        "and",
        "w",
    ];
    let text: String = lines.iter().enumerate().fold("WEBVTT\n\n".to_owned(), |text, (at, line)| {
        format!("{text}00:0{at}.000 --> 00:0{at}.900\n{line}\n\n")
    });
    let (transcript, _) = read_as("a.vtt", &text);
    let speakers: Vec<_> = transcript.cues.iter().map(|cue| cue.speaker.as_deref().unwrap_or("-")).collect();
    assert_eq!(speakers, ["ANA", "ANA", "BO", "BO", "ANA", "ANA", "BO", "ANA", "BO", "BO"]);
    assert_eq!(transcript.cues[7].turns.len(), 2);
}

#[test]
fn srt_is_read_however_it_was_written() {
    let text = "1\n00:00:01,000 --> 00:00:02,000 X1:1\n<i>One</i> {\\an8}<font color=\"#fff\">and</font>\ntwo\n\
                2\n0:00:03.5 --> 0:00:04\nVec<T> & a < b &amp; c\n\n00:05,000 --> 00:06,000\n\nthree\n\n\n\
                4\n00:00:07,000 -> 00:00:08,000\nlost\n\n12\n00:00:09,000 --> 00:00:10,000\n12\n";
    let (transcript, found) = read_as("a.srt", text);
    let lines: Vec<_> =
        transcript.cues.iter().map(|c| format!("{}|{}|{}", c.id, c.start.millis(), c.text)).collect();
    assert_eq!(lines, ["1|1000|One and\ntwo", "2|3500|Vec<T> & a < b & c", "|5000|three", "12|9000|12"]);
    assert_eq!(transcript.cues[0].raw, "<i>One</i> {\\an8}<font color=\"#fff\">and</font>\ntwo");
    assert_eq!(
        found.iter().map(|d| (d.code, d.place.as_ref().unwrap().line)).collect::<Vec<_>>(),
        [("unreadable-cue", 15)]
    );
}

#[test]
fn names_come_in_many_forms() {
    for name in [
        "Ana Souza (she/her)",
        "SPEAKER_00",
        "Dr. José van der Berg",
        "Speaker 1",
        "李雷",
        "O'Hare-Smith",
        "Souza, Ana",
        "ANA",
    ] {
        let text = format!(
            "1\n00:00:01,000 --> 00:00:02,000\n{name}: hi\n\n2\n00:00:02,000 --> 00:00:03,000\n[{name}]: ho\n"
        );
        assert_eq!(said("a.srt", &text), [format!("{name}: hi"), format!("{name}: ho")]);
    }
}

#[test]
fn sbv_is_read() {
    let text = "0:00:01.000,0:00:03.500\nHello[br]there\n\n0:00:03.500,0:00:0x.000\nlost\n\n0:00:04.000,0:00:05.000\nend";
    assert_eq!(said("a.sbv", text), ["-: Hello\nthere", "-: end"]);
    assert_eq!(findings("a.sbv", text), [("unreadable-cue", 4)]);
}

#[test]
fn json_has_seconds_and_the_payload_as_it_stood() {
    let (transcript, _) = read_as("a.vtt", "WEBVTT\n\n00:01.500 --> 01:00:02.000\n<v Ana>Hi <b>you</b>\n");
    let json: serde_json::Value = serde_json::from_str(&transcript.write(Format::Json)).unwrap();
    let expected = serde_json::json!({"cues": [{
        "id": "", "start": 1.5, "end": 3602.0, "speaker": "Ana", "text": "Hi you", "raw": "<v Ana>Hi <b>you</b>"
    }]});
    assert_eq!(json, expected);
}

/// A line as somebody could say it, with all that has a meaning in some form.
fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zé一?.,]{1,8}",
        Just("&amp;".to_owned()),
        Just("&".to_owned()),
        Just("<i>".to_owned()),
        Just("<v x>".to_owned()),
        Just("</b>".to_owned()),
        Just("{\\an8}".to_owned()),
        Just("-->".to_owned()),
        Just("00:01.000 --> 00:02.000".to_owned()),
        Just("NOTE".to_owned()),
        Just("12".to_owned()),
    ];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.join(" "))
}

/// The speaker and the lines of a turn.
type Said = (Option<String>, Vec<String>);

fn transcript(named: bool) -> impl Strategy<Value = Transcript> {
    // Names like no word that is never taken for one, such as `But`.
    let speaker =
        if named { "[A-Z]q[a-z]{1,5}( [A-Z][a-z]{1,6})?".prop_map(Some).boxed() } else { Just(None).boxed() };
    let turn = (speaker, prop::collection::vec(line(), 1..3));
    let cue = (0u64..400_000_000, 0u64..5000, "[a-zA-Z0-9/ -]{0,6}", prop::collection::vec(turn, 0..3));
    prop::collection::vec(cue, 1..8).prop_map(|cues| {
        let cue = |(start, length, id, turns): (u64, u64, String, Vec<Said>)| {
            let turns = turns.into_iter().map(|(speaker, lines)| Turn { speaker, text: lines.join("\n") });
            let mut joined: Vec<Turn> = Vec::new();
            for turn in turns {
                match joined.last_mut() {
                    Some(last) if last.speaker == turn.speaker => {
                        last.text = format!("{}\n{}", last.text, turn.text);
                    }
                    _ => joined.push(turn),
                }
            }
            let times = (Moment::from_millis(start), Moment::from_millis(start + length));
            Cue::new(id.replace("--", ""), times, String::new(), joined)
        };
        Transcript { cues: cues.into_iter().map(cue).collect() }
    })
}

/// The cues without their payloads, which differ from form to form; without ids where `ids` says so.
fn bare(mut transcript: Transcript, ids: bool) -> Transcript {
    for cue in &mut transcript.cues {
        cue.raw.clear();
        if !ids {
            cue.id.clear();
        }
    }
    transcript
}

proptest! {
    #[test]
    fn webvtt_reads_back(written in transcript(true), anonymous in transcript(false)) {
        for written in [written, anonymous] {
            let (read, found) = read_as("a.vtt", &written.write(Format::Vtt));
            prop_assert!(found.is_empty(), "{found:?}");
            prop_assert_eq!(bare(read, true), bare(written, true));
        }
    }

    #[test]
    fn srt_reads_back(written in transcript(false), named in transcript(true)) {
        let (read, _) = read_as("a.srt", &written.write(Format::Srt));
        prop_assert_eq!(bare(read, false), bare(written, false));
        let text = named.write(Format::Srt);
        let (read, _) = read_as("a.srt", &text);
        prop_assert_eq!(read.write(Format::Srt), text);
    }

    #[test]
    fn no_file_panics(
        any in any::<String>(),
        lines in prop::collection::vec("(WEBVTT|NOTE|STYLE|-->|[0-9]{1,2}:[0-9]{2}[.,][0-9]{3} --> [0-9:.,]{1,12}|[<>/&a-z :A]{0,12}|0:00:0[0-9].000,0:00:0[0-9].0|)", 0..20),
    ) {
        for text in [any.clone(), format!("WEBVTT\n\n{}", lines.join("\n")), lines.join("\r\n")] {
            for name in ["a.vtt", "a.srt", "a.sbv", "a"] {
                let (transcript, _) = read_as(name, &text);
                for format in [Format::Text, Format::Json, Format::Vtt, Format::Srt] {
                    let _ = transcript.write(format);
                }
            }
        }
    }
}
