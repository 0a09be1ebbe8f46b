//! `fixpath serve` as a process of its own, and somebody who looks at its pages without a script.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command};

use serde_json::Value;

use super::Folder;

/// A server that runs; it is killed when it is dropped.
#[derive(Debug)]
pub struct Site {
    child: Child,
    address: String,
    pub folder: Folder,
}

/// What it answered.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: u16,
    /// Where it was in the end, without the host.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub text: String,
}

/// What a program was answered.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// `null` where it is no JSON.
    pub json: Value,
    pub text: String,
}

impl Answer {
    /// A header.
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(given, _)| given == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Its status is that.
    #[track_caller]
    pub fn is(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// What stands at a JSON pointer; `null` if nothing does.
    pub fn at(&self, pointer: &str) -> Value {
        self.json.pointer(pointer).cloned().unwrap_or(Value::Null)
    }

    /// The text at a JSON pointer.
    #[track_caller]
    pub fn text_at(&self, pointer: &str) -> String {
        let found = self.json.pointer(pointer).and_then(Value::as_str);
        let found = found.unwrap_or_else(|| panic!("no text at {pointer}: {}", self.text));
        found.to_owned()
    }
}

impl Site {
    /// The built-in trees, with a store of its own.
    pub fn new(name: &str) -> Self {
        Self::of(Folder::new(name).keeping(), "")
    }

    /// The library in a folder, with more arguments.
    pub fn of(folder: Folder, arguments: &str) -> Self {
        let mut child = folder.start(&format!("serve --listen 127.0.0.1:0 {arguments}"));
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut line).unwrap();
        let Some(address) = line
            .split_whitespace()
            .find_map(|word| word.strip_prefix("http://"))
        else {
            let mut said = String::new();
            let _ = child.stderr.take().unwrap().read_to_string(&mut said);
            panic!("the server does not start: {line}{said}");
        };
        let address = address.trim_end_matches('/').to_owned();
        Self {
            child,
            address,
            folder,
        }
    }

    /// `http://HOST:PORT`.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The process.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Looks at an address, and follows where it leads.
    pub fn get(&self, path: &str) -> Page {
        self.send(None, path, &[], &[])
    }

    /// Sends a form, and follows where it leads.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.send(Some(()), path, fields, &[])
    }

    /// One request, with headers; redirects are followed.
    pub fn send(
        &self,
        post: Option<()>,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Page {
        let mut page = self.send_once(post, path, fields, headers);
        for _ in 0..5 {
            let Some(to) = page.header("location").filter(|_| page.status == 303) else {
                break;
            };
            let to = to.to_owned();
            page = self.send_once(None, &to, &[], headers);
        }
        page
    }

    /// One request; a redirect is the answer.
    pub fn send_once(
        &self,
        post: Option<()>,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Page {
        self.request(post, path, fields, headers).unwrap()
    }

    /// One request to a server that may be gone.
    pub fn try_once(&self, post: Option<()>, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        self.request(post, path, fields, &[]).ok()
    }

    /// Ends the process without a word.
    pub fn kill(&self) {
        let mut kill = Command::new("kill");
        let kill = kill.args(["-KILL", &self.child.id().to_string()]);
        kill.status().unwrap();
    }

    fn request(
        &self,
        post: Option<()>,
        path: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Result<Page, ureq::Error> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        let address = format!("{}{path}", self.origin());
        let sent = if post.is_some() {
            let mut request = agent.post(&address);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.send_form(fields.iter().copied())
        } else {
            let mut request = agent.get(&address);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            request.call()
        };
        let mut response = sent?;
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = value.to_str().unwrap_or_default().to_owned();
            (name.as_str().to_owned(), value)
        });
        let headers = headers.collect();
        Ok(Page {
            status: response.status().as_u16(),
            path: path.to_owned(),
            headers,
            text: response.body_mut().read_to_string()?,
        })
    }

    /// A token with these roles (with commas between them).
    pub fn token(&self, name: &str, roles: &str) -> String {
        let ran = self.folder.run(&format!("token add {name} --role {roles}"));
        ran.succeeds().out.trim().to_owned()
    }

    /// A request of a program: `GET /api/v1/trees`; with a body where there is one.
    pub fn call(&self, token: &str, request: &str, body: Option<&Value>) -> Answer {
        let body = body.map(|body| ("application/json", body.to_string()));
        self.call_with(&format!("Bearer {token}"), request, body)
    }

    /// As [`Site::call`], with any header and body.
    pub fn call_with(
        &self,
        authorization: &str,
        request: &str,
        body: Option<(&str, String)>,
    ) -> Answer {
        let (method, path) = request.split_once(' ').unwrap();
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin()));
        if !authorization.is_empty() {
            request = request.header("authorization", authorization);
        }
        let body = body.map(|(kind, body)| {
            request
                .headers_mut()
                .unwrap()
                .insert("content-type", kind.parse().unwrap());
            body
        });
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .build()
            .into();
        let mut response = match body {
            Some(body) => agent.run(request.body(body).unwrap()),
            None => agent.run(request.body(()).unwrap()),
        }
        .unwrap();
        let text = response.body_mut().read_to_string().unwrap();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| {
            let value = value.to_str().unwrap_or_default().to_owned();
            (name.as_str().to_owned(), value)
        });
        Answer {
            status: response.status().as_u16(),
            headers: headers.collect(),
            json: serde_json::from_str(&text).unwrap_or(Value::Null),
            text,
        }
    }

    /// Presses a button of the page's prompt: `choice=KEY`, `reply=tried`, `do=back` …; the fields that the form holds go
    /// with it.
    pub fn press(&self, page: &Page, button: &str) -> Page {
        self.press_with(page, button, &[], &[])
    }

    /// As [`Self::press`], with more that is filled in, and with headers.
    pub fn press_with(
        &self,
        page: &Page,
        button: &str,
        more: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Page {
        let (name, value) = button.split_once('=').unwrap();
        let (action, hidden) = page.form_of(name, value);
        let mut fields: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        fields.push((name, value));
        fields.extend(more);
        self.send(Some(()), &action, &fields, headers)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Page {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Its words, without tags, on one line.
    pub fn words(&self) -> String {
        let mut words = String::new();
        let mut rest = self.text.as_str();
        while let Some((before, tag)) = rest.split_once('<') {
            words.push_str(before);
            words.push(' ');
            rest = tag.split_once('>').map_or("", |(_, after)| after);
        }
        words.push_str(rest);
        let words = words
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words of its heading.
    pub fn heading(&self) -> String {
        let after = self.text.split_once("<h1").map_or("", |(_, after)| after);
        let inside = after.split_once("</h1>").map_or("", |(inside, _)| inside);
        let inside = inside.split_once('>').map_or("", |(_, inside)| inside);
        Self {
            text: inside.to_owned(),
            ..self.clone()
        }
        .words()
    }

    /// The first form in which there is a field or button of that name: where it goes, and what is hidden in it.
    pub fn form_with(&self, field: &str) -> (String, Vec<(String, String)>) {
        let form = self.form(&format!(" name=\"{field}\""));
        let form = form.unwrap_or_else(|| panic!("no form has `{field}`: {}", self.words()));
        parts(form)
    }

    /// As [`Self::form_with`], of several the one with the button of that value.
    fn form_of(&self, name: &str, value: &str) -> (String, Vec<(String, String)>) {
        let button = format!(" name=\"{name}\" value=\"{value}\"");
        match self.form(&button) {
            Some(form) => parts(form),
            None => self.form_with(name),
        }
    }

    fn form(&self, with: &str) -> Option<&str> {
        let forms = self.text.split("<form").skip(1);
        let mut forms = forms.map(|form| form.split("</form>").next().unwrap());
        forms.find(|form| form.contains(with))
    }
}

/// Where a form goes, and what is hidden in it.
fn parts(form: &str) -> (String, Vec<(String, String)>) {
    let hidden = form
        .split("<input type=\"hidden\"")
        .skip(1)
        .map(|input| (attribute(input, "name"), attribute(input, "value")))
        .collect();
    (attribute(form, "action"), hidden)
}

fn attribute(tag: &str, name: &str) -> String {
    let after = tag.split_once(&format!(" {name}=\"")).unwrap().1;
    let value = after.split_once('"').unwrap().0;
    value.replace("&amp;", "&").replace("&quot;", "\"")
}
