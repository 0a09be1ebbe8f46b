//! Renderers of findings, one file a format.
