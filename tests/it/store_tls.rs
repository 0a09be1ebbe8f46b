//! TLS to a real PostgreSQL server, as the address asks for it.

use std::path::Path;

use fixpath::store::{Address, Result, Store};

use crate::support::{PASSWORD, Server};

/// Opens a store by TCP, and says whether it is reached with TLS.
fn open(server: &Server, database: &str, host: &str, options: &str) -> Result<bool> {
    let address = match server.tcp_address(database, PASSWORD) {
        Address::Postgres(url) => format!("{}?{options}", url.replace("127.0.0.1", host)),
        file => panic!("{file}"),
    };
    let store = Store::open(&Address::parse(&address)?)?;
    let sessions = "SELECT DISTINCT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a ON a.pid = s.pid WHERE a.application_name = 'fixpath' AND a.datname = current_database()";
    let said = server.sql(database, sessions);
    drop(store);
    Ok(said == "t")
}

#[test]
fn tls_is_spoken_as_the_address_asks_for_it() {
    let Some(server) = Server::start("tls") else {
        return;
    };
    let try_with = |host: &str, options: &str| open(&server, &server.database(), host, options);
    let refused = |host: &str, options: &str, words: &str| {
        let said = try_with(host, options).unwrap_err().to_string();
        assert!(said.contains(words), "{options}: {said}");
        assert!(!said.contains(PASSWORD), "{said}");
    };
    assert_eq!(try_with("127.0.0.1", "sslmode=prefer"), Ok(false));
    refused("127.0.0.1", "sslmode=require", "speaks no TLS");

    let root = server.speak_tls();
    let known = format!("sslrootcert={}", root.display());
    let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/store_tls/other.pem");
    let other = format!("sslrootcert={}", other.display());
    assert_eq!(try_with("127.0.0.1", "sslmode=disable"), Ok(false));
    assert_eq!(try_with("127.0.0.1", ""), Ok(true));
    assert_eq!(try_with("127.0.0.1", "sslmode=require"), Ok(true));
    let with = |mode: &str, root: &str| format!("sslmode={mode}&{root}");
    assert_eq!(try_with("127.0.0.1", &with("verify-ca", &known)), Ok(true));
    assert_eq!(
        try_with("localhost", &with("verify-full", &known)),
        Ok(true)
    );
    refused("127.0.0.1", &with("verify-full", &known), "another host");
    for mode in ["require", "verify-ca", "verify-full"] {
        refused(
            "localhost",
            &with(mode, &other),
            "nobody known here has signed",
        );
    }
    // The system's roots have not signed it either.
    refused(
        "localhost",
        "sslmode=verify-full",
        "nobody known here has signed",
    );
    refused(
        "localhost",
        &with("require", "sslrootcert=%2Fno%2Fsuch.pem"),
        "roots in /no/such.pem cannot be read",
    );
}
