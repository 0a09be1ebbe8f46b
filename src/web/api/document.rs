//! `GET /api/v1/openapi.json`: the document of the API (OpenAPI 3.1), made from the types that it sends and takes.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::path::Operation;
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{AdditionalProperties, Schema};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Header, Object, OpenApi as Document, Ref, RefOr, Type};
use utoipa::{Modify, OpenApi};

use super::problem::{PROBLEM_JSON, ProblemBody};
use super::{acts, again, authors, find, list, look, start};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "fixpath",
        description = "Find a troubleshooting tree, walk it, hand the case over. A token for customers (`fixpath token add NAME --role customer`) sees only what customers may see; one for agents what agents see; authors see statistics and feedback."
    ),
    paths(
        find::find, find::trees,
        start::post, list::get, look::case, look::trail, look::events, look::note, look::public_note,
        acts::walk::reply, acts::walk::back, acts::walk::change, acts::walk::leave,
        acts::words::remark, acts::rest::park, acts::rest::resume, acts::rest::close, again::post,
        acts::hands::hand_over, acts::hands::take, acts::hands::take_by_code, acts::words::say,
        authors::picture, authors::stats, authors::feedback, authors::versions,
    ),
    components(schemas(ProblemBody)),
    modifiers(&Everywhere),
    tags(
        (name = "trees", description = "What there is help for"),
        (name = "cases", description = "Walking"),
        (name = "authors", description = "What cases say about the trees"),
    )
)]
struct Api;

static TEXT: LazyLock<String> = LazyLock::new(|| {
    let document = Api::openapi();
    // Plain data with text keys, so it always can be written.
    serde_json::to_string(&document).unwrap_or_default()
});

/// The document; nothing in it is secret.
pub async fn get() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}

/// What holds for every operation.
struct Everywhere;

/// What can go wrong: the status, when, and whether only of a case that is named, or only with a body.
const TROUBLES: [(&str, &str, bool, bool); 12] = [
    ("400", "The request cannot be read", false, false),
    ("401", "No token, or none that is good", false, false),
    ("403", "The token's roles do not allow it", false, false),
    ("404", "There is no such thing", true, false),
    (
        "409",
        "The case has moved on, or the id belongs to another one",
        false,
        true,
    ),
    ("410", "What was said in the case was erased", true, false),
    ("413", "The request is too large", false, true),
    ("415", "The body is no application/json", false, true),
    (
        "422",
        "What was sent does not fit: the problem says what would",
        false,
        false,
    ),
    (
        "429",
        "Too many requests, of this sender or to this case",
        false,
        false,
    ),
    ("500", "A fault", false, false),
    (
        "503",
        "The store does not answer just now; try again",
        false,
        false,
    ),
];

impl Modify for Everywhere {
    fn modify(&self, document: &mut Document) {
        document.info.version = env!("CARGO_PKG_VERSION").to_owned();
        if let Some(components) = &mut document.components {
            let bearer = HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .description(Some("A token from `fixpath token add`"))
                .build();
            components.add_security_scheme("token", SecurityScheme::Http(bearer));
            for schema in components.schemas.values_mut() {
                if let RefOr::T(schema) = schema {
                    close_choices(schema);
                }
            }
        }
        document.security = Some(vec![SecurityRequirement::new::<_, [&str; 0], &str>(
            "token",
            [],
        )]);
        for (path, item) in &mut document.paths.paths {
            let named = ["/take", "/picture", "/stats", "/cases"];
            let names_something = path.contains('{') || named.iter().any(|end| path.ends_with(end));
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                add_troubles(operation, names_something);
            }
        }
    }
}

/// A choice between things with one name each (`{"visit": 3}`) is one of them alone: what is written with two names is
/// not read.
fn close_choices(schema: &mut Schema) {
    let Schema::OneOf(choice) = schema else {
        return;
    };
    for item in &mut choice.items {
        if let RefOr::T(Schema::Object(named)) = item
            && named.properties.len() == 1
            && named.required.len() == 1
        {
            named.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
}

fn add_troubles(operation: &mut Operation, names_something: bool) {
    // Said before anything of the request is read, so without a body.
    let too_long = ResponseBuilder::new().description("The head of the request is too long");
    let responses = &mut operation.responses.responses;
    responses.insert("431".to_owned(), too_long.build().into());
    let has_body = operation.request_body.is_some();
    for (status, when, of_named, of_body) in TROUBLES {
        let can_be = (!of_named || names_something) && (!of_body || has_body);
        if !can_be || operation.responses.responses.contains_key(status) {
            continue;
        }
        let content = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("Problem")))
            .build();
        let mut response = ResponseBuilder::new()
            .description(when)
            .content(PROBLEM_JSON, content);
        if matches!(status, "429" | "503") {
            response = response.header("Retry-After", retry_after());
        }
        let responses = &mut operation.responses.responses;
        responses.insert(status.to_owned(), response.build().into());
    }
}

/// When to come again.
fn retry_after() -> Header {
    let mut header = Header::new(Object::with_type(Type::Integer));
    header.description = Some("So many seconds are to be waited for".to_owned());
    header
}
