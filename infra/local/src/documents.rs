//! A bucket that everybody can read: what S3 does for Twilio when the voice function is gone.

use aws_sdk_s3::Client;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

/// Serves the objects of a bucket by GET, whatever the query says. Anything else is not allowed, and nothing can be
/// listed.
pub fn router(s3: Client, bucket: impl Into<String>) -> Router {
    let bucket = bucket.into();
    Router::new().fallback(move |request: Request| {
        let (s3, bucket) = (s3.clone(), bucket.clone());
        async move {
            match *request.method() {
                Method::GET | Method::HEAD => object(&s3, &bucket, request.uri().path().trim_start_matches('/')).await,
                _ => refusal(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed"),
            }
        }
    })
}

async fn object(s3: &Client, bucket: &str, key: &str) -> Response {
    // without a key it would be the list; and who may not list is not told whether there is such an object
    let denied = || refusal(StatusCode::FORBIDDEN, "AccessDenied");
    if key.is_empty() {
        return denied();
    }
    let Ok(found) = s3.get_object().bucket(bucket).key(key).send().await else { return denied() };
    let kind = found.content_type().unwrap_or("binary/octet-stream").to_owned();
    match found.body.collect().await {
        Ok(bytes) => ([(header::CONTENT_TYPE, kind)], Body::from(bytes.into_bytes())).into_response(),
        Err(_) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "InternalError"),
    }
}

fn refusal(status: StatusCode, code: &str) -> Response {
    let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code></Error>");
    (status, [(header::CONTENT_TYPE, "application/xml")], body).into_response()
}

#[cfg(test)]
mod tests {
    use tower::ServiceExt as _;

    use super::*;
    use crate::aws::Services;
    use crate::template::Bucket;

    async fn check(router: &Router, method: &str, path: &str, status: u16, said: &str) {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status().as_u16(), status, "{method} {path}");
        let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        let body = axum::body::to_bytes(response.into_body(), 1024).await.unwrap();
        let told = format!("{kind}: {}", String::from_utf8(body.to_vec()).unwrap());
        assert!(told.contains(said), "{method} {path}: {told}");
    }

    #[tokio::test]
    async fn what_is_known_is_read_and_nothing_else() {
        let services = Services::start();
        let bucket = Bucket { resource: "Documents".into(), name: "documents".into() };
        services.make_buckets(&[bucket]).await.unwrap();
        let put = services.s3.put_object().bucket("documents").key("secret/call.xml").content_type("text/xml");
        put.body(b"<Response/>".to_vec().into()).send().await.unwrap();
        let router = router(services.s3.clone(), "documents");
        check(&router, "GET", "/secret/call.xml", 200, "text/xml: <Response/>").await;
        check(&router, "GET", "/secret/call.xml?Digits=1&acl=", 200, "text/xml: <Response/>").await;
        check(&router, "POST", "/secret/call.xml", 405, "MethodNotAllowed").await;
        for path in ["/", "/secret", "/secret/", "/secret/other.xml", "/?list-type=2"] {
            check(&router, "GET", path, 403, "AccessDenied").await;
        }
    }
}
