//! Serves files of messages to the page under a scheme of the program's own, from the encrypted copy or the server.

use deskbell_app::{App, AttachmentFile, AttachmentProblem};
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};

/// On Windows the page sees `http://guestfile.localhost`, elsewhere `guestfile://localhost`.
pub const SCHEME: &str = "guestfile";

/// Answers one request of the page; the answer comes when the file is here.
pub fn serve(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    let app = context.app_handle().state::<App>().inner().clone();
    let path = plain(request.uri().path());
    tauri::async_runtime::spawn(async move {
        responder.respond(answer(app.attachment(&path).await));
    });
}

/// The page writes the whole path as one component.
fn plain(path: &str) -> String {
    path.replace("%2F", "/").replace("%2f", "/")
}

fn answer(found: Result<AttachmentFile, AttachmentProblem>) -> Response<Vec<u8>> {
    // It must not lie in the browser's cache, which is not encrypted; and whatever it is, it runs nothing.
    let builder = Response::builder()
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    let built = match found {
        Ok(file) => builder
            .header(header::CONTENT_TYPE, file.content_type)
            .body(file.bytes),
        Err(problem) => builder.status(status(problem)).body(Vec::new()),
    };
    built.unwrap_or_else(|_| Response::new(Vec::new()))
}

fn status(problem: AttachmentProblem) -> StatusCode {
    match problem {
        AttachmentProblem::NotNow => StatusCode::SERVICE_UNAVAILABLE,
        AttachmentProblem::Missing => StatusCode::NOT_FOUND,
        AttachmentProblem::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
    }
}
