//! A PostgreSQL server for tests: a throw-away cluster in a folder of its own, as durable as a real one (fsync on). It is
//! stopped and its folder removed when the test program ends, however that ends: a shell waits for the end of a pipe.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use fixpath::store::Address;

/// A cluster.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    /// As whom it runs: PostgreSQL refuses to run as root.
    user: Option<(u32, u32)>,
    databases: AtomicUsize,
    /// The shell that ends it.
    ender: Child,
}

/// The password of the user `desk`, who must give it where he comes by TCP.
pub const PASSWORD: &str = "s3cret";

impl Server {
    /// The one that tests share, or `None` where none is installed; with `CI=true` that is a failure.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Server>> = OnceLock::new();
        SHARED.get_or_init(|| Self::start("shared")).as_ref()
    }

    /// One of the test's own.
    pub fn start(name: &str) -> Option<Self> {
        let Some(programs) = programs() else {
            assert!(
                std::env::var("CI").as_deref() != Ok("true"),
                "PostgreSQL is not installed: run tests/setup.sh"
            );
            // Past the test's captured output.
            let said = writeln!(
                std::io::stderr(),
                "SKIPPED on PostgreSQL: not installed (tests/setup.sh does that)"
            );
            return said.ok().and(None);
        };
        let folder = std::env::temp_dir().join(format!("fixpath-pg-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let user = user();
        if let Some((user, group)) = user {
            std::os::unix::fs::chown(&folder, Some(user), Some(group)).unwrap();
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
        let server = Self {
            ender: ender(&programs, &folder, user),
            programs,
            folder,
            port: port.unwrap().port(),
            user,
            databases: AtomicUsize::new(0),
        };
        server.make();
        server.go();
        Some(server)
    }

    fn make(&self) {
        fs::write(self.folder.join("password"), PASSWORD).unwrap();
        let mut initdb = self.program("initdb");
        initdb.args(["--username=desk", "--encoding=UTF8", "--locale=C.UTF-8"]);
        initdb.args([
            "--no-sync",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
        ]);
        initdb.arg("-D").arg(self.data());
        initdb.arg(format!(
            "--pwfile={}",
            self.folder.join("password").display()
        ));
        run(&mut initdb);
    }

    /// Starts it again after [`Self::stop`].
    pub fn go(&self) {
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={} -c fsync=on -c max_connections=200",
            self.port,
            self.folder.display()
        );
        let mut start = self.program("pg_ctl");
        start.arg("-D").arg(self.data()).args(["-w", "-l"]);
        start
            .arg(self.folder.join("log"))
            .args(["-o", &options, "start"]);
        run(&mut start);
    }

    /// Lets it speak TLS, with a certificate for `localhost` that is signed by a root made for it; gives the root's file.
    pub fn speak_tls(&self) -> PathBuf {
        let files = self.folder.join("tls");
        fs::create_dir_all(&files).unwrap();
        fs::write(files.join("names"), "subjectAltName=DNS:localhost").unwrap();
        if let Some((user, group)) = self.user {
            std::os::unix::fs::chown(&files, Some(user), Some(group)).unwrap();
        }
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
        let data = self.data();
        let data = data.display();
        for arguments in [
            format!("req -x509 {key} -keyout root.key -out root.pem -subj /CN=root -days 2"),
            format!("req {key} -keyout {data}/server.key -out server.csr -subj /CN=server"),
            format!(
                "x509 -req -in server.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile names -days 2 -out {data}/server.crt"
            ),
        ] {
            let mut openssl = command(Path::new("openssl"), self.user);
            openssl.args(arguments.split(' ')).current_dir(&files);
            run(&mut openssl);
        }
        self.sql("postgres", "ALTER SYSTEM SET ssl = on");
        self.sql("postgres", "SELECT pg_reload_conf()");
        // Each look is a session of its own, which knows what the server has read by then.
        while self.sql("postgres", "SHOW ssl") != "on" {}
        files.join("root.pem")
    }

    /// Stops it: `fast`, or `immediate` as if the power went out.
    pub fn stop(&self, how: &str) {
        let mut stop = self.program("pg_ctl");
        stop.arg("-D").arg(self.data());
        run(stop.args(["-w", "-m", how, "stop"]));
    }

    /// A new empty database.
    pub fn database(&self) -> String {
        let name = format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        name
    }

    /// The address of a database by the socket, where nobody is asked for a password.
    pub fn address(&self, database: &str) -> Address {
        let socket = self.folder.display().to_string().replace('/', "%2F");
        let url = format!("postgres://desk@{socket}:{}/{database}", self.port);
        Address::parse(&url).unwrap()
    }

    /// The address of a database by TCP.
    pub fn tcp_address(&self, database: &str, password: &str) -> Address {
        let port = self.port;
        Address::parse(&format!(
            "postgres://desk:{password}@127.0.0.1:{port}/{database}"
        ))
        .unwrap()
    }

    /// Runs a statement in a database; gives its rows, values with `|` between them.
    pub fn sql(&self, database: &str, sql: &str) -> String {
        run(self.psql(database).args(["-c", sql]))
    }

    /// Begins a transaction with a statement; it is taken back when its input ends.
    pub fn hold(&self, database: &str, sql: &str) -> Child {
        let mut psql = self.psql(database);
        let psql = psql.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = psql.spawn().unwrap();
        writeln!(child.stdin.as_mut().unwrap(), "BEGIN; {sql};\n\\echo held").unwrap();
        let said = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(said.map_while(Result::ok).any(|line| line == "held"));
        child
    }

    fn psql(&self, database: &str) -> Command {
        let mut psql = self.program("psql");
        psql.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "desk",
        ]);
        psql.arg("-h").arg(&self.folder);
        psql.args(["-p", &self.port.to_string(), "-d", database]);
        psql
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn program(&self, name: &str) -> Command {
        command(&self.programs.join(name), self.user)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.ender.stdin.take());
        let _ = self.ender.wait();
    }
}

/// Waits until this process is gone, then ends the server at once and removes what is left of it.
fn ender(programs: &Path, folder: &Path, user: Option<(u32, u32)>) -> Child {
    let script = r#"trap "" INT TERM HUP; read _; "$0" -D "$1/data" -m immediate -w stop >/dev/null 2>&1; rm -rf "$1""#;
    command(Path::new("/bin/sh"), user)
        .args(["-c", script])
        .arg(programs.join("pg_ctl"))
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn command(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new(program);
    command.current_dir("/");
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}

/// What it wrote; it must end well.
fn run(command: &mut Command) -> String {
    // A server that outlives the command holds its outputs open: they go to files.
    let out = tempfile();
    let err = tempfile();
    let status = command
        .stdin(Stdio::null())
        .stdout(out.0.try_clone().unwrap())
        .stderr(err.0.try_clone().unwrap())
        .status()
        .unwrap();
    let said = |file: (fs::File, PathBuf)| {
        let text = fs::read_to_string(&file.1).unwrap();
        let _ = fs::remove_file(&file.1);
        text
    };
    let (out, err) = (said(out), said(err));
    assert!(status.success(), "{command:?}: {out}{err}");
    out.trim_end().to_owned()
}

fn tempfile() -> (fs::File, PathBuf) {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let path = std::env::temp_dir().join(format!("fixpath-out-{}-{count}", std::process::id()));
    (fs::File::create(&path).unwrap(), path)
}

/// The folder of PostgreSQL's programs: the newest that Debian knows, else where `initdb` is found.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut versions: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|entry| {
            let number = entry.file_name().to_str()?.parse().ok()?;
            Some((number, entry.path().join("bin")))
        })
        .collect();
    versions.sort();
    let found = versions.pop().map(|(_, folder)| folder);
    let path = std::env::var_os("PATH").unwrap_or_default();
    found
        .into_iter()
        .chain(std::env::split_paths(&path))
        .find(|folder| folder.join("initdb").exists())
}

/// Who runs it where this is root: Debian's own user for it, else nobody.
fn user() -> Option<(u32, u32)> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let find = |name: &str| {
        users.lines().find_map(|line| {
            let fields: Vec<&str> = line.split(':').collect();
            let is_it = fields.first() == Some(&name);
            is_it.then(|| Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?)))?
        })
    };
    find("postgres")
        .or_else(|| find("nobody"))
        .or(Some((65_534, 65_534)))
}
