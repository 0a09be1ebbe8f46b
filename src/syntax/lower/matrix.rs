//! `priority:` of the library file: impact → urgency → number.

use crate::source::Spanned;

use super::super::key::Key;
use super::super::shape::MATRIX;
use super::super::yaml::Node;
use super::Lower;
use super::fields::Fields;
use super::what::What;

/// Rows and columns, in this order.
const LEVELS: [Key; 3] = [Key::High, Key::Medium, Key::Low];

impl<'y> Lower<'y> {
    /// The matrix; `None` where one of the nine places cannot be read.
    pub(super) fn matrix(&mut self, fields: &Fields<'y>) -> Option<Spanned<[[u8; 3]; 3]>> {
        let node = fields.value(Key::Priority)?;
        let impacts = self.fields(node, &MATRIX, What::Key(Key::Priority))?;
        let mut matrix = [[0; 3]; 3];
        let mut whole = true;
        for (row, impact) in matrix.iter_mut().zip(LEVELS) {
            match impacts.value(impact) {
                Some(node) => match self.matrix_row(node, impact) {
                    Some(read) => *row = read,
                    None => whole = false,
                },
                None => {
                    whole = false;
                    self.no_place(&impacts, impact, "impact");
                }
            }
        }
        whole.then(|| Spanned::new(matrix, node.span()))
    }

    fn matrix_row(&mut self, node: Node<'y>, impact: Key) -> Option<[u8; 3]> {
        let urgencies = self.fields(node, &MATRIX, What::Key(impact))?;
        let mut row = [0; 3];
        let mut whole = true;
        for (cell, urgency) in row.iter_mut().zip(LEVELS) {
            if !urgencies.has(urgency) {
                self.no_place(&urgencies, urgency, "urgency");
            }
            match self.whole(&urgencies, urgency, 1, 5) {
                Some(number) => *cell = number.value as u8,
                None => whole = false,
            }
        }
        whole.then_some(row)
    }

    fn no_place(&mut self, fields: &Fields<'y>, level: Key, what: &str) {
        if !fields.faulty {
            let message = format!("the matrix lacks {} {what}", level.name());
            self.missing(
                fields.span,
                &message,
                "all nine places must be given, from 1 to 5",
            );
        }
    }
}
