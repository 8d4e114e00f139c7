//! The description of the interface for programs (OpenAPI 3.1), joined from what its routes tell of themselves.
//!
//! A route tells its operation with [`Route::told`](crate::Route::told); what every such route has in common (tokens,
//! problems, limits) is told here, so that no feature can forget it.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Json, extract::State, http::Method};
use serde_json::{Map, Value, json};

use crate::{County, Feature, Guard, House, addresses, problem::kind};

/// Name of the security scheme.
const SCHEME: &str = "token";

/// What a route tells of itself.
#[derive(Debug, Clone)]
pub struct Told {
    /// Operation object of OpenAPI 3.1. Answers that the door gives are added to it.
    pub operation: Value,
    /// Schemas that it refers to, by name.
    pub schemas: Vec<(&'static str, Value)>,
    /// Codes of errors at properties.
    pub codes: Vec<&'static str>,
    /// The operation's tag and what the tag means.
    pub tag: (&'static str, &'static str),
}

/// Makes what a route tells, for a county.
pub type Tell = fn(&County) -> Told;

/// What the features' routes tell, kept by the house.
pub(crate) struct Teller {
    path: String,
    method: Method,
    guard: Guard,
    tell: Tell,
}

/// Everything that the routes of the features tell.
pub(crate) fn tellers(features: &[Feature]) -> Vec<Teller> {
    features
        .iter()
        .flat_map(|feature| &feature.routes)
        .filter_map(|route| {
            Some(Teller {
                path: addresses(route).pop()?,
                method: route.method.clone(),
                guard: route.guard,
                tell: route.told?,
            })
        })
        .collect()
}

/// `GET /api/v1/openapi.json`
pub(crate) async fn show(State(house): State<House>) -> Json<Value> {
    Json(document(&house))
}

/// What this room tells of its own route.
pub(crate) fn told(_: &County) -> Told {
    Told {
        operation: json!({
            "operationId": "readDescription",
            "summary": "This description",
            "responses": { "200": {
                "description": "The description",
                "content": { "application/json": { "schema": { "type": "object" } } },
            } },
        }),
        schemas: Vec::new(),
        codes: Vec::new(),
        tag: ("description", "What the interface does"),
    }
}

/// The description of a house's interface.
pub fn document(house: &House) -> Value {
    let county = &house.county;
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let mut schemas = Map::new();
    let mut codes = BTreeSet::new();
    let mut tags = BTreeMap::new();
    for teller in &house.told {
        let told = (teller.tell)(county);
        let mut operation = told.operation;
        operation["tags"] = json!([told.tag.0]);
        if matches!(teller.guard, Guard::Token { .. }) {
            guarded(&mut operation);
        }
        paths
            .entry(&teller.path)
            .or_default()
            .insert(teller.method.as_str().to_lowercase(), operation);
        codes.extend(told.codes);
        tags.insert(told.tag.0, told.tag.1);
        schemas.extend(
            told.schemas
                .into_iter()
                .map(|(name, schema)| (name.to_owned(), schema)),
        );
    }
    schemas.insert("Problem".to_owned(), problem_schema());
    schemas.insert("PropertyError".to_owned(), property_error(&codes));
    let tags: Vec<Value> = tags
        .into_iter()
        .map(|(name, description)| json!({ "name": name, "description": description }))
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Noste: adult social work",
            "version": "1.1.0",
            "summary": "Contacts, clients and matters of the county's adult social work.",
            "description": format!(
                "One door of {}. Anybody may make a contact. Everything else needs a token, which never opens more than the \
                 person it acts for may do in the pages; what that person may not see does not exist here. Every reading \
                 and every change stands in the log that the client may ask for.",
                county.name_en
            ),
            "license": { "name": "EUPL-1.2", "identifier": "EUPL-1.2" },
        },
        "servers": [{ "url": "/", "description": "This county" }],
        "security": [],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { SCHEME: {
                "type": "http",
                "scheme": "bearer",
                "description": "A token made by the county's administrator: it has an owner, acts for one employee, and has scopes, an end and, if the county wants, a list of addresses.",
            } },
        },
    })
}

/// Adds what the door answers to every request with a token.
fn guarded(operation: &mut Value) {
    operation["security"] = json!([{ SCHEME: [] }]);
    let answers = &mut operation["responses"];
    let mut unknown = refusal(
        "There is no token, or it opens nothing now",
        kind::TOKEN,
        401,
    );
    unknown["headers"] = json!({ "WWW-Authenticate": {
        "description": "How to present a token (RFC 6750)",
        "schema": { "type": "string" },
    } });
    let fixed = [
        ("401", unknown),
        (
            "403",
            refusal(
                "The token, or the person it acts for, has no such right",
                kind::RIGHT,
                403,
            ),
        ),
        (
            "429",
            with_wait(refusal("Too many requests", kind::BLANK, 429)),
        ),
        ("500", refusal("A fault of ours", kind::BLANK, 500)),
        ("503", with_wait(refusal("Busy", kind::BLANK, 503))),
    ];
    for (status, answer) in fixed {
        answers[status] = answer;
    }
}

/// A reference to a schema by its name.
pub fn schema(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An answer that says what is wrong.
pub fn refusal(description: &str, kind: &str, status: u16) -> Value {
    json!({
        "description": description,
        "content": { "application/problem+json": {
            "schema": schema("Problem"),
            "example": { "type": kind, "title": description, "status": status },
        } },
    })
}

/// The same answer with the header that says how long to wait.
pub fn with_wait(mut answer: Value) -> Value {
    answer["headers"] = json!({ "Retry-After": {
        "description": "Seconds to wait",
        "schema": { "type": "integer", "minimum": 1 },
    } });
    answer
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "A problem (RFC 9457).",
        "required": ["type", "title", "status"],
        "additionalProperties": false,
        "properties": {
            "type": { "type": "string", "enum": kind::ALL },
            "title": { "type": "string" },
            "status": { "type": "integer", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string" },
            "errors": { "type": "array", "minItems": 1, "items": schema("PropertyError") },
            "similar": {
                "type": "array", "minItems": 1,
                "description": "What may be the same, where something was to be made.",
                "items": { "type": "object" },
            },
        },
    })
}

fn property_error(codes: &BTreeSet<&'static str>) -> Value {
    json!({
        "type": "object",
        "required": ["pointer", "code", "detail"],
        "additionalProperties": false,
        "properties": {
            "pointer": { "type": "string", "description": "JSON pointer (RFC 6901) to the property." },
            "code": { "type": "string", "enum": codes },
            "detail": { "type": "string" },
        },
    })
}
