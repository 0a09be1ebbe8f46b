//! Values on their way to the server and back: what the store gives to statements and reads of rows, as PostgreSQL's types.

use bytes::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::super::connection::{Param, Row, storable};

/// The type that a parameter is sent as; of nothing it is the server that says.
pub(super) fn kind(param: &Param<'_>) -> Type {
    match param {
        Param::Null => Type::UNKNOWN,
        Param::Int(_) => Type::INT8,
        Param::Text(_) => Type::TEXT,
        Param::Bytes(_) => Type::BYTEA,
    }
}

impl ToSql for Param<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Self::Int(number) => number.to_sql(kind, out),
            Self::Text(text) => storable(text).as_ref().to_sql(kind, out),
            Self::Bytes(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// One column of many rows, as an array.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<'a> {
    pub(super) rows: &'a [Vec<Param<'a>>],
    pub(super) at: usize,
}

impl ToSql for Column<'_> {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let column = self.rows.iter().map(|row| row.get(self.at).copied());
        let column: Vec<Option<Param<'_>>> = column
            .map(|param| param.filter(|param| *param != Param::Null))
            .collect();
        column.to_sql(kind, out)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Row for tokio_postgres::Row {
    fn int(&self, column: usize) -> Option<i64> {
        match *self.columns().get(column)?.type_() {
            Type::INT8 => self.try_get(column).ok()?,
            Type::INT4 => self.try_get::<_, Option<i32>>(column).ok()?.map(i64::from),
            Type::INT2 => self.try_get::<_, Option<i16>>(column).ok()?.map(i64::from),
            Type::BOOL => self.try_get::<_, Option<bool>>(column).ok()?.map(i64::from),
            _ => None,
        }
    }

    fn text(&self, column: usize) -> Option<&str> {
        self.try_get(column).ok()?
    }

    fn bytes(&self, column: usize) -> Option<&[u8]> {
        self.try_get(column).ok()?
    }
}
