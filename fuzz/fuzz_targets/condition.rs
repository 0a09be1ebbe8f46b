//! Any text as a condition: read, typed, decided and evaluated without a panic; what is printed reads the same again.
#![no_main]

use std::sync::Arc;

use fixpath::condition::{self, DateSpec, FactRef, FactType, Facts, Number, NumberSpec, TextSpec, Value};
use libfuzzer_sys::fuzz_target;

struct Known(Vec<Option<Value>>);

impl Facts for Known {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        match fact {
            FactRef::Shared(at) => self.0.get(at as usize)?.as_ref(),
            _ => None,
        }
    }
}

fn lookup(name: &str) -> Option<(FactRef, FactType)> {
    let keys: Arc<[Arc<str>]> = ["a", "b", "c"].map(Arc::from).into();
    let kinds = [
        ("on", FactType::YesNo),
        ("os", FactType::Choice(Arc::clone(&keys))),
        ("apps", FactType::Many(Arc::clone(&keys))),
        ("speed", FactType::Number(NumberSpec::default(), Arc::default())),
        ("name", FactType::Text(Arc::new(TextSpec::default()))),
        ("day", FactType::Date(DateSpec::default())),
    ];
    let at = kinds.iter().position(|(known, _)| *known == name)?;
    Some((FactRef::Shared(at as u32), kinds[at].1.clone()))
}

fuzz_target!(|text: &str| {
    let Ok(parsed) = condition::parse(text) else { return };
    let again = condition::parse(&parsed.to_string()).expect("what is printed can be read");
    let Ok(typed) = parsed.resolve(&mut |name| lookup(name)) else { return };
    let same = again.resolve(&mut |name| lookup(name)).expect("and typed");
    let values = vec![
        Some(Value::YesNo(true)),
        Some(Value::Choice("b".into())),
        Some(Value::Many(["a", "c"].map(Arc::from).into())),
        Number::new(5.0).map(Value::Number),
        Some(Value::Text("x".into())),
        None,
    ];
    for known in [Known(values), Known(vec![None; 6])] {
        assert_eq!(typed.holds(&known), same.holds(&known));
    }
});
