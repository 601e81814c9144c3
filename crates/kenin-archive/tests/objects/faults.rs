//! A server between client and server that does what networks and busy services do.

use std::io::{BufReader, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// One request as the client sent it.
#[derive(Clone, Debug)]
pub struct Request {
    /// From 0, over all connections.
    pub number: usize,
    /// `GET /archive/a.pdf HTTP/1.1`.
    pub line: String,
    /// The rest of the head.
    pub head: String,
}

/// What happens to it.
pub enum Fault {
    /// Nothing.
    Pass,
    /// It is answered with this status and body in place of the server's.
    Answer(&'static str, &'static str),
    /// The answer ends after so many bytes of its body.
    Cut(usize),
    /// The connection is closed without an answer.
    Close,
    /// Nothing is said for so long.
    Silence(Duration),
}

type Rule = dyn Fn(&Request) -> Fault + Send + Sync;

#[derive(Clone)]
pub struct Faults {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Faults {
    /// Stands before a server until the process ends.
    pub fn before(server: SocketAddr, rule: impl Fn(&Request) -> Fault + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let faults = Self { address: listener.local_addr().unwrap(), requests: Arc::default() };
        let (rule, shared): (Arc<Rule>, _) = (Arc::new(rule), faults.clone());
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (client, rule, shared) = (client.unwrap(), Arc::clone(&rule), shared.clone());
                // A client that goes away is its own affair.
                std::thread::spawn(move || shared.serve(client, server, rule.as_ref()));
            }
        });
        faults
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// One request for each connection.
    fn serve(&self, mut client: TcpStream, server: SocketAddr, rule: &Rule) -> std::io::Result<()> {
        let (line, head) = head(&mut BufReader::new(client.try_clone()?))?;
        let request = {
            let mut requests = self.requests.lock().unwrap();
            let request = Request { number: requests.len(), line, head };
            requests.push(request.clone());
            request
        };
        match rule(&request) {
            Fault::Pass => client.write_all(&answer(&request, server, usize::MAX)?)?,
            Fault::Cut(length) => client.write_all(&answer(&request, server, length)?)?,
            Fault::Answer(status, body) => {
                let length = body.len();
                write!(client, "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")?;
            }
            Fault::Close => {}
            Fault::Silence(time) => std::thread::sleep(time),
        }
        client.shutdown(Shutdown::Write)
    }
}

fn head(reader: &mut impl std::io::BufRead) -> std::io::Result<(String, String)> {
    let (mut line, mut head) = (String::new(), String::new());
    reader.read_line(&mut line)?;
    while !head.ends_with("\r\n\r\n") && head != "\r\n" {
        if reader.read_line(&mut head)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok((line.trim_end().to_owned(), head))
}

/// The server's answer with so much of its body.
fn answer(request: &Request, server: SocketAddr, length: usize) -> std::io::Result<Vec<u8>> {
    let mut server = TcpStream::connect(server)?;
    write!(server, "{}\r\nconnection: close\r\n{}", request.line, request.head)?;
    let mut answer = Vec::new();
    server.read_to_end(&mut answer)?;
    let body = answer.windows(4).position(|end| end == b"\r\n\r\n").map_or(answer.len(), |end| end + 4);
    answer.truncate(body.saturating_add(length).min(answer.len()));
    Ok(answer)
}
