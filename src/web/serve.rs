//! Listens and answers until it is told to stop; then it takes nothing new and ends what has begun.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{interval, sleep, timeout};
use tower_service::Service as _;

use crate::load::live::Live;
use crate::store::Store;

use super::desk::SignOn;
use super::peer::Proxies;
use super::room::Room;
use super::routes::routes;
use super::state::{Settings, Web};

/// Longest time that the head of a request may take, and its greatest size in bytes.
const HEAD_TIME: Duration = Duration::from_secs(10);
const HEAD_SIZE: usize = 16 * 1024;
/// Whoever takes nothing of what is answered for so long is hung up on.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// What has begun gets so long to end when the process is told to stop.
const GRACE: Duration = Duration::from_secs(15);
/// How often it is forgotten who has not asked lately.
const TIDY: Duration = Duration::from_secs(60);

/// What is served, and where.
#[derive(Debug)]
pub struct Serving {
    /// Where to listen; port 0 is any that is free.
    pub listen: SocketAddr,
    /// Where cases are kept.
    pub store: Store,
    /// The library.
    pub live: Arc<Live>,
    /// The networks of proxies in front, which are believed who asks.
    pub proxies: Vec<IpNet>,
    /// How they say who somebody is, if they do.
    pub sign_on: Option<SignOn>,
    /// The networks that may read `/metrics`, beside this computer.
    pub watchers: Vec<IpNet>,
    /// Requests a second that one sender may make; 0 is no limit.
    pub rate: u32,
    /// Sites that may show the customer's pages in a frame, beside those that the library names.
    pub embed_origins: Vec<String>,
}

impl Serving {
    /// With no proxy in front, for whoever reaches it, without limits.
    pub const fn new(listen: SocketAddr, store: Store, live: Arc<Live>) -> Self {
        Self {
            listen,
            store,
            live,
            proxies: Vec::new(),
            sign_on: None,
            watchers: Vec::new(),
            rate: 0,
            embed_origins: Vec::new(),
        }
    }
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
        live,
        proxies,
        sign_on,
        watchers,
        rate,
        embed_origins,
    } = serving;
    let settings = Settings {
        secret: store.secret().await?,
        lookout: store.lookout()?,
        proxies: Proxies::new(proxies),
        sign_on,
        watchers: Proxies::new(watchers),
        rate,
        embed_origins,
    };
    let web = Arc::new(Web::new(store, live, settings));
    let listener = TcpListener::bind(listen).await.with_context(|| {
        format!(
            "cannot listen on {listen}; another program may use it, --listen takes another address"
        )
    })?;
    ready(listener.local_addr().unwrap_or(listen));
    let tidy = tokio::spawn(tidy(Arc::clone(&web)));
    let reports = tokio::spawn(report_changes(Arc::clone(&web)));
    answer(&listener, &web).await;
    web.onlookers.say_goodbye().await;
    tidy.abort();
    reports.abort();
    Ok(())
}

/// Forgets now and then who has not asked lately.
async fn tidy(web: Arc<Web>) {
    let mut turns = interval(TIDY);
    loop {
        turns.tick().await;
        web.limits.tidy();
    }
}

/// Logs what becomes of the library when its files change.
async fn report_changes(web: Arc<Web>) {
    let mut changes = web.live.subscribe();
    if let Some(trouble) = web.live.trouble() {
        tracing::warn!("{}: run `fixpath check`", trouble.message);
    }
    while changes.changed().await.is_ok() {
        match web.live.trouble() {
            None => tracing::info!("the trees were read again"),
            Some(trouble) => tracing::warn!(
                "{}; what was there before is still served: run `fixpath check`",
                trouble.message
            ),
        }
    }
}

/// Takes connections until it is told to stop, and waits for those that were taken.
async fn answer(listener: &TcpListener, web: &Arc<Web>) {
    let routes = routes(Arc::clone(web));
    let graceful = GracefulShutdown::new();
    let room = Room::default();
    let mut stop = std::pin::pin!(told_to_stop());
    loop {
        let one = tokio::select! {
            Some(one) = room.wait() => one,
            () = &mut stop => break,
            else => break,
        };
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                // Who has enough is hung up on.
                let Some(place) = room.place(one, peer.ip(), &web.proxies) else {
                    continue;
                };
                let connection = graceful.watch(connection(stream, peer, routes.clone()));
                tokio::spawn(async move {
                    // Who hangs up in the middle is no trouble of ours.
                    let _ = connection.await;
                    drop(place);
                });
            }
            Err(why) => {
                tracing::warn!(%why, "a connection could not be taken");
                // No more files: others have to end first.
                sleep(Duration::from_millis(50)).await;
            }
        }
    }
    web.stop();
    if timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("some connections did not end in time");
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    routes: Router,
) -> http1::Connection<
    TokioIo<TcpStream>,
    impl hyper::service::HttpService<
        Incoming,
        ResBody = axum::body::Body,
        Error = Infallible,
        Future: Send,
    >,
> {
    // Small answers are sent at once.
    let _ = stream.set_nodelay(true);
    let _ = hang_up_after(&stream, WRITE_TIME);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        routes.clone().call(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        // Pages are small: to copy one behind its head costs less than to write both together in two pieces.
        .writev(false)
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service)
}

/// Has the system end a connection whose other side takes nothing of what was written, be it gone or not reading. The
/// system minds that (RFC 5482), so that an answer that is taken costs no timer. Where it cannot, [`Room`] alone keeps such
/// connections few.
#[cfg(target_os = "linux")]
fn hang_up_after(stream: &TcpStream, time: Duration) -> std::io::Result<()> {
    let milliseconds = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
    Ok(rustix::net::sockopt::set_tcp_user_timeout(
        stream,
        milliseconds,
    )?)
}

#[cfg(not(target_os = "linux"))]
fn hang_up_after(_: &TcpStream, _: Duration) -> std::io::Result<()> {
    Ok(())
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

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::time::Duration;

    use tokio::io::AsyncWriteExt as _;
    use tokio::net::{TcpListener, TcpStream};
    use tokio::time::timeout;

    use super::hang_up_after;

    #[tokio::test]
    async fn who_never_reads_is_hung_up_on() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let silent = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        let (mut stream, _) = listener.accept().await.unwrap();
        hang_up_after(&stream, Duration::from_millis(200)).unwrap();
        let writing = async {
            let page = [b'x'; 64 * 1024];
            loop {
                stream.write_all(&page).await?;
            }
        };
        let ended: std::io::Result<()> = timeout(Duration::from_secs(60), writing)
            .await
            .expect("it waits for ever");
        assert_eq!(ended.unwrap_err().kind(), std::io::ErrorKind::TimedOut);
        drop(silent);
    }
}
