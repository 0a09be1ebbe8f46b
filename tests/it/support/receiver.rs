//! Another system, on loopback: a real HTTP server that takes what it is posted, or behaves badly as a test wants it to.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// What was posted.
#[derive(Debug, Clone)]
pub struct Posted {
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

/// What the server does with it.
#[derive(Debug, Clone)]
pub enum Answer {
    /// A status, header lines (each with `\r\n`) and a body.
    Status(u16, &'static str, &'static str),
    /// Hangs up without a word.
    HangUp,
    /// Hangs up in the middle of the status line.
    HangUpWithin,
    /// Says nothing until the other side hangs up.
    Stall,
    /// Says 200, and then never ends its body.
    StallWithin,
}

/// The server. It stops when it is dropped.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    posted: Arc<Mutex<Vec<Posted>>>,
    stopped: Arc<AtomicBool>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Receiver {
    /// A server that answers the first request by the first, and so on; the last answers all that follow.
    pub fn new(answers: &[Answer]) -> Self {
        Self::at(TcpListener::bind("127.0.0.1:0").unwrap(), answers)
    }

    /// Takes all.
    pub fn good() -> Self {
        Self::new(&[Answer::Status(204, "", "")])
    }

    /// On a port that was in use before.
    pub fn back(address: SocketAddr, answers: &[Answer]) -> Self {
        Self::at(TcpListener::bind(address).unwrap(), answers)
    }

    fn at(listener: TcpListener, answers: &[Answer]) -> Self {
        let address = listener.local_addr().unwrap();
        let posted = Arc::new(Mutex::new(Vec::new()));
        let stopped = Arc::new(AtomicBool::new(false));
        let answers = answers.to_vec();
        let (all, stop) = (Arc::clone(&posted), Arc::clone(&stopped));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    break;
                }
                let (answers, all) = (answers.clone(), Arc::clone(&all));
                thread::spawn(move || serve(stream.unwrap(), &answers, &all));
            }
        });
        Self {
            address,
            posted,
            stopped,
            thread: Some(thread),
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// An address on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All that was posted so far, in order.
    pub fn posted(&self) -> Vec<Posted> {
        self.posted.lock().unwrap().clone()
    }

    /// The ids of what was posted so far.
    pub fn ids(&self) -> Vec<String> {
        let posted = self.posted();
        posted
            .iter()
            .map(|one| one.header("webhook-id").to_owned())
            .collect()
    }

    /// Waits until so many were posted.
    pub fn wait_for(&self, count: usize) {
        while self.posted.lock().unwrap().len() < count {
            thread::yield_now();
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for the next one.
        drop(TcpStream::connect(self.address));
        let _ = self.thread.take().map(thread::JoinHandle::join);
    }
}

impl Posted {
    /// A header field, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value)
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn serve(stream: TcpStream, answers: &[Answer], all: &Mutex<Vec<Posted>>) {
    let mut reader = BufReader::new(stream);
    let Some(posted) = read(&mut reader) else {
        return;
    };
    let answer = {
        let mut all = all.lock().unwrap();
        let answer = answers.get(all.len()).or(answers.last()).unwrap().clone();
        all.push(posted);
        answer
    };
    let stream = reader.get_mut();
    // Who posted may be gone by now.
    let _ = match answer {
        Answer::Status(status, headers, body) => write!(
            stream,
            "HTTP/1.1 {status} X\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        ),
        Answer::HangUp => Ok(()),
        Answer::HangUpWithin => write!(stream, "HTTP/1.1 20"),
        Answer::Stall => stream.read(&mut [0]).map(drop),
        Answer::StallWithin => {
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf").unwrap();
            stream.read(&mut [0]).map(drop)
        }
    };
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Posted> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.strip_prefix("POST ")?.split(' ').next()?.to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => headers.push((name.to_ascii_lowercase(), value.to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name == "content-length")?;
    let mut body = vec![0; length.1.parse().ok()?];
    reader.read_exact(&mut body).ok()?;
    Some(Posted {
        path,
        headers,
        body: String::from_utf8(body).ok()?,
    })
}
