//! A form with files, which can be built twice: a redirect to https repeats the request.

use bytes::Bytes;
use reqwest::multipart::{self, Part};

/// A file to be sent.
pub(crate) struct Upload {
    pub name: String,
    /// MIME type.
    pub content_type: String,
    pub bytes: Bytes,
}

/// Texts, then files, in the order they were added.
#[derive(Default)]
pub(crate) struct Form {
    texts: Vec<(&'static str, String)>,
    files: Vec<(&'static str, Upload)>,
}

impl Form {
    pub fn text(&mut self, name: &'static str, value: String) {
        self.texts.push((name, value));
    }

    pub fn file(&mut self, name: &'static str, file: Upload) {
        self.files.push((name, file));
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        let sizes = self.files.iter().map(|(_, file)| file.bytes.len() as u64);
        sizes.sum()
    }

    /// The request's body; the bytes are shared, not copied.
    pub fn build(&self) -> multipart::Form {
        let mut form = multipart::Form::new();
        for (name, value) in &self.texts {
            form = form.text(*name, value.clone());
        }
        for (name, file) in &self.files {
            form = form.part(*name, part(file));
        }
        form
    }
}

/// A type the library cannot read goes as plain bytes.
fn part(file: &Upload) -> Part {
    let part =
        || Part::stream_with_length(file.bytes.clone(), file.bytes.len() as u64).file_name(file.name.clone());
    part().mime_str(&file.content_type).unwrap_or_else(|_| part())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_no_known_type_still_goes() {
        let mut form = Form::default();
        form.file(
            "attachments[]",
            Upload {
                name: "a".into(),
                content_type: "no type at all".into(),
                bytes: Bytes::from_static(b"abc"),
            },
        );
        assert_eq!(form.bytes(), 3);
        form.build();
    }
}
