//! Listens and answers until it is told to stop; then it takes nothing new and ends what has begun.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::net::TcpListener;

use crate::store::Store;

use super::address::Seals;
use super::routes::routes;
use super::state::{Today, Web};

/// What is served, and where.
#[derive(Debug)]
pub struct Serving {
    /// Where to listen; port 0 is any that is free.
    pub listen: SocketAddr,
    /// Where cases are kept.
    pub store: Store,
    /// The library.
    pub today: Today,
}

/// Serves until the process is told to stop (SIGTERM, Ctrl-C). `ready` is told where it listens.
///
/// # Errors
/// It cannot listen there.
pub fn serve(serving: Serving, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("this computer gives no threads")?;
    runtime.block_on(run(serving, ready))
}

async fn run(serving: Serving, ready: impl FnOnce(SocketAddr)) -> anyhow::Result<()> {
    let Serving {
        listen,
        store,
        today,
    } = serving;
    let secret = store.secret().await?;
    let web = Arc::new(Web::new(store, today, Seals::new(secret.key("addresses"))));
    let listener = TcpListener::bind(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))?;
    ready(listener.local_addr().unwrap_or(listen));
    axum::serve(
        listener,
        routes(web).into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(told_to_stop())
    .await
    .context("serving")
}

/// Ends when the process is told to stop.
async fn told_to_stop() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
