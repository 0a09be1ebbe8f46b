//! Floor 3: the compiled decision graph: a [`Library`] of [`Tree`]s of [`Step`]s joined by [`Edge`]s.
//! It knows no YAML, no spans, no files, no clock, and nothing of how it was checked.
