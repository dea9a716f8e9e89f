//! The templates that come with the program: one a kind, and one for each form of records that is written by hand often.

use crate::config::Kind;
use crate::document::RecordForm;

/// The template of `kind`; of a decision that which goes with the records beside it. `in_text` says that those keep
/// their facts in the text and not in front matter.
pub(super) fn of(kind: Kind, form: Option<(RecordForm, bool)>) -> &'static str {
    match (kind, form) {
        (Kind::Decision, Some((RecordForm::Nygard, _))) => include_str!("forms/nygard.md"),
        (Kind::Decision, Some((RecordForm::Madr, true))) => include_str!("forms/madr-list.md"),
        (Kind::Decision, Some((RecordForm::Madr, false))) => include_str!("forms/madr.md"),
        (Kind::Decision, Some((RecordForm::Log4brains, _))) => include_str!("forms/log4brains.md"),
        (Kind::Decision, Some((RecordForm::Eip, _))) => include_str!("forms/eip.md"),
        (Kind::Decision, _) => include_str!("forms/decision.md"),
        (Kind::Spec, _) => include_str!("forms/spec.md"),
        (Kind::Update, _) => include_str!("forms/update.md"),
        (Kind::Recording, _) => include_str!("forms/recording.md"),
        (Kind::Page, _) => include_str!("forms/page.md"),
    }
}
