//! Matters in JSON.

use casework::store::list::ListRow;
use casework::store::view::Shown;
use serde_json::{Value, json};

/// A row of a list.
pub fn line(row: &ListRow) -> Value {
    json!({
        "id": row.id.to_string(),
        "number": row.number,
        "nameCode": row.name_code.code(),
        "nameText": row.name_text,
        "stage": row.stage.code(),
        "serviceTask": row.service_task.code(),
        "joint": row.joint,
        "pendingAt": row.pending_at.to_string(),
        "clients": row.clients,
        "holder": row.holder,
        "unit": languages(&row.unit_names),
        "dueOn": row.due.as_ref().map(|due| due.on.to_string()),
    })
}

/// The whole matter, as far as its reader sees it.
pub fn whole(shown: &Shown) -> Value {
    let view = &shown.view;
    let clients: Vec<Value> = view
        .clients
        .iter()
        .map(|client| {
            json!({
                "id": client.id.to_string(),
                "name": client.name,
                "birthDate": client.birth_date.map(|day| day.to_string()),
                "ownWorker": client.own_worker,
            })
        })
        .collect();
    let workers: Vec<Value> = view
        .workers
        .iter()
        .map(|worker| {
            json!({ "name": worker.name, "title": worker.title, "since": worker.since.to_string() })
        })
        .collect();
    let entry = view.entry.as_ref().map(|entry| {
        json!({
            "kind": entry.kind.code(),
            "way": entry.way.code(),
            "initiator": entry.initiator.code(),
            "initiatorName": entry.initiator_name,
            "contactAt": entry.contact_at.to_string(),
            "reasons": entry.reasons,
            "ownWords": entry.own_words,
        })
    });
    json!({
        "id": view.facts.id.to_string(),
        "number": view.number,
        "nameCode": view.name_code.code(),
        "nameText": view.name_text,
        "stage": view.stage.code(),
        "serviceTask": view.facts.service_task.code(),
        "joint": view.joint,
        "pendingAt": shown.pending_at.to_string(),
        "holder": view.facts.life.holder().and_then(|holder| holder.staff()).map(|_| &view.holder_name),
        "unit": languages(&view.unit_names),
        "endedAt": view.ended_at.map(|at| at.to_string()),
        "endReason": view.end_reason,
        "clients": clients,
        "hiddenClients": view.hidden,
        "workers": workers,
        "initiation": entry,
    })
}

fn languages([fi, sv, en]: &[String; 3]) -> Value {
    json!({ "fi": fi, "sv": sv, "en": en })
}
