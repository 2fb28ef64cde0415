//! Forms as browsers send them, written by hand so that they can be wrong.

const BOUNDARY: &str = "----the-tests-boundary";

/// One part of a form.
pub struct Part<'a> {
    pub name: &'a str,
    pub filename: &'a str,
    pub content_type: &'a str,
    pub bytes: &'a [u8],
}

/// A form with one file; its name and type say nothing.
pub fn of(file: &[u8]) -> (String, Vec<u8>) {
    of_parts(&[Part {
        name: "file",
        filename: "dish",
        content_type: "application/octet-stream",
        bytes: file,
    }])
}

/// A form with some parts: its content type and body.
pub fn of_parts(parts: &[Part<'_>]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for Part { name, filename, content_type, bytes } in parts {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{filename}\"\r\n\
             Content-Type: {content_type}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}
