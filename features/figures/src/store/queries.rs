//! How each figure is counted: sets of rows, one for each that is counted.
//!
//! Every query gives `no` (the month), `client_id` (or none), `place` (a municipality that the row itself tells, or none),
//! `part` and `day` (on which the home municipality is looked at). `span` has the months: `no`, `a` and `b` (moments, the
//! second excluded), `d1` and `d2` (days, both included). `day_end` has each day of them with the moment it ends.
//! The tables belong to other rooms; only their columns are known here, nothing is written.

/// The query of a code; none for a code that is not counted.
pub fn rows_of(code: &str) -> Option<String> {
    let sql = match code {
        "clients-open" => open_clients("'all'", ""),
        "clients-new" => CLIENTS_NEW.to_owned(),
        "contact-themes" => contacts("arrived_at", "coalesce(k.theme, 'no_theme')", "true"),
        "contacts" => contacts("arrived_at", "k.door", "true"),
        "matters-begun" => MATTERS_BEGUN.to_owned(),
        "urgent-at-once" => contacts("arrived_at", URGENT, "k.urgency = 'now'"),
        "contact-wait" => contacts("first_taken_at", CONTACT_WAIT, "true"),
        "holders-met" => contacts("ended_at", HOLDERS, "k.state = 'ended'"),
        "contact-endings" => contacts("ended_at", "k.ending", "k.state = 'ended'"),
        "authority-contacts" => contacts("arrived_at", KELA, "k.door = 'authority'"),
        "housing-risk" => contacts(
            "arrived_at",
            "case when k.housing_risk = 1 then 'yes' else 'no' end",
            "true",
        ),
        "homeless" => open_clients(HOMELESS, ""),
        "assessment-seven-days" => SEVEN_DAYS.to_owned(),
        "assessment-wait" => {
            ASSESSMENT_WAIT.replace("{wait}", &wait("v.finished_at - m.pending_at"))
        }
        "plan-wait" => PLAN_WAIT.replace("{wait}", &wait("p.in_force_at - m.pending_at")),
        "own-worker" => open_clients(OWN_WORKER, ""),
        "own-worker-changes" => open_clients(OWN_WORKERS, OWN_WORKERS_JOIN),
        "plan-in-force" => open_clients(PLAN_IN_FORCE, ""),
        "plan-overdue" => PLAN_OVERDUE.to_owned(),
        "offers" => OFFERS.to_owned(),
        "advice" => ADVICE.to_owned(),
        "special-support" => open_clients(SPECIAL_SUPPORT, ""),
        "goals" => GOALS.to_owned(),
        "matters-closed" => MATTERS_CLOSED.to_owned(),
        "returns" => RETURNS.to_owned(),
        "heard" => HEARD.to_owned(),
        "plans-declined" => PLANS_DECLINED.to_owned(),
        _ => return None,
    };
    Some(sql)
}

/// Whether the query reads `day_end`.
pub fn wants_days(code: &str) -> bool {
    code == "assessment-seven-days"
}

/// Clients whose relation is in force when the month ends, once each.
fn open_clients(part: &str, join: &str) -> String {
    format!(
        "select o.no as no, o.client_id as client_id, cast(null as text) as place, {part} as part, o.d2 as day from \
         (select distinct s.no as no, s.b as b, s.d2 as d2, r.client_id as client_id from span s \
         join client_relation r on r.began_on <= s.d2 and (r.ended_on is null or r.ended_on > s.d2) \
         join client c on c.id = r.client_id and c.state = 'active') o{join}"
    )
}

/// Contacts by one of their moments.
fn contacts(moment: &str, part: &str, only: &str) -> String {
    let only = if only == "true" {
        String::new()
    } else {
        format!(" where {only}")
    };
    format!(
        "select s.no as no, l.client_id as client_id, k.municipality as place, {part} as part, s.d2 as day from span s \
         join contact k on k.{moment} >= s.a and k.{moment} < s.b \
         left join contact_link l on l.contact_id = k.id and l.ended_at is null{only}"
    )
}

/// Bands of a wait in milliseconds.
fn wait(of: &str) -> String {
    format!(
        "case when {of} <= 604800000 then 'days_7' when {of} <= 2678400000 then 'days_31' \
         when {of} <= 7948800000 then 'days_92' else 'days_over' end"
    )
}

const CLIENTS_NEW: &str = "select s.no as no, r.client_id as client_id, cast(null as text) as place, 'all' as part, s.d2 as day from span s \
     join client_relation r on r.began_on >= s.d1 and r.began_on <= s.d2 join client c on c.id = r.client_id and c.state = 'active'";

const MATTERS_BEGUN: &str = "select s.no as no, mc.client_id as client_id, cast(null as text) as place, m.kind as part, s.d2 as day from span s \
     join matter m on m.pending_at >= s.a and m.pending_at < s.b and coalesce(m.end_reason, '') <> 'mistake' \
     join matter_client mc on mc.matter_id = m.id and coalesce(mc.leave_reason, '') <> 'mistake'";

const MATTERS_CLOSED: &str = "select s.no as no, mc.client_id as client_id, cast(null as text) as place, \
     case when m.end_reason in ('handled', 'no_need', 'declined', 'not_reached') then m.end_reason else 'other_reason' end as part, \
     s.d2 as day from span s join matter m on m.ended_at >= s.a and m.ended_at < s.b and m.state = 'closed' \
     and coalesce(m.end_reason, '') not in ('mistake', 'joined') join matter_client mc on mc.matter_id = m.id and mc.left_at is null";

const URGENT: &str = "case when k.first_taken_at is null then 'later' when k.first_taken_at - k.arrived_at <= 3600000 then 'within_hour' \
     when k.first_taken_at - k.arrived_at <= 86400000 then 'within_day' else 'later' end";

const CONTACT_WAIT: &str = "case when k.first_taken_at - k.arrived_at <= 3600000 then 'within_hour' \
     when k.first_taken_at - k.arrived_at <= 86400000 then 'within_day' \
     when k.first_taken_at - k.arrived_at <= 604800000 then 'within_week' else 'over_week' end";

const HOLDERS: &str = "case when k.holders_met <= 1 then 'one_holder' when k.holders_met = 2 then 'two_holders' else 'more_holders' end";

const KELA: &str = "case when lower(coalesce(k.authority, '')) like '%kela%' or lower(coalesce(k.authority, '')) like '%kansaneläkelaitos%' \
     or lower(coalesce(k.authority, '')) like '%folkpensionsanstalten%' then 'kela' else 'other_authority' end";

const HOMELESS: &str = "case when exists (select 1 from client_detail h where h.client_id = o.client_id and h.kind = 'homelessness' \
     and h.voided_at is null and h.value not in ('no', 'unknown') and (h.valid_from is null or h.valid_from <= o.d2) \
     and (h.valid_to is null or h.valid_to >= o.d2)) then 'yes' else 'no' end";

const OWN_WORKER: &str = "case when exists (select 1 from relation w where w.client_id = o.client_id and w.kind = 'own_worker' \
     and w.began_at < o.b and (w.ends_at is null or w.ends_at >= o.b)) then 'named' \
     when exists (select 1 from own_worker_waiver w where w.client_id = o.client_id and w.recorded_at < o.b \
     and (w.ended_at is null or w.ended_at >= o.b)) then 'waived' else 'without' end";

const OWN_WORKERS: &str = "case when coalesce(w.workers, 0) <= 1 then 'none_or_one' when w.workers = 2 then 'two_workers' else 'more_workers' end";

// 365 days before the end of the month.
const OWN_WORKERS_JOIN: &str = " left join (select t.no as no, r.client_id as client_id, count(distinct r.staff_id) as workers from span t \
     join relation r on r.kind = 'own_worker' and r.began_at < t.b and (r.ends_at is null or r.ends_at > t.b - 31536000000) \
     and (r.ends_at is null or r.ends_at > r.began_at) group by t.no, r.client_id) w on w.no = o.no and w.client_id = o.client_id";

const PLAN_IN_FORCE: &str = "case when exists (select 1 from plan_client pc join plan p on p.document_id = pc.document_id \
     where pc.client_id = o.client_id and p.in_force_at < o.b and (pc.ended_at is null or pc.ended_at >= o.b)) then 'yes' else 'no' end";

const PLAN_OVERDUE: &str = "select s.no as no, pc.client_id as client_id, cast(null as text) as place, \
     case when p.review_on < s.d2 then 'late' else 'in_time' end as part, s.d2 as day from span s \
     join plan p on p.state = 'in_force' and p.in_force_at < s.b join plan_client pc on pc.document_id = p.document_id and pc.state = 'in_force'";

const SPECIAL_SUPPORT: &str = "case when exists (select 1 from special_support x where x.client_id = o.client_id \
     and x.recorded_at < o.b and (x.ended_at is null or x.ended_at >= o.b)) then 'yes' else 'no' end";

const SEVEN_DAYS: &str = "select s.no as no, mc.client_id as client_id, cast(null as text) as place, \
     case when x.end_event = 'assessment_started' and x.ended_at < e.until then 'in_time' \
     when x.ended_at < e.until then 'no_assessment' else 'late' end as part, s.d2 as day from span s \
     join matter_clock x on x.due_on >= s.d1 and x.due_on <= s.d2 and x.code like 'PTA_START_WD7%' \
     join day_end e on e.day = x.due_on join matter_client mc on mc.matter_id = x.matter_id and mc.left_at is null";

const ASSESSMENT_WAIT: &str = "select s.no as no, dc.client_id as client_id, cast(null as text) as place, {wait} as part, s.d2 as day from span s \
     join document_version v on v.no = 1 and v.finished_at >= s.a and v.finished_at < s.b \
     join document d on d.id = v.document_id and d.kind = 'assessment' and d.state <> 'voided' join matter m on m.id = d.matter_id \
     join document_client dc on dc.document_id = d.id";

const PLAN_WAIT: &str = "select s.no as no, pc.client_id as client_id, cast(null as text) as place, {wait} as part, s.d2 as day from span s \
     join plan p on p.in_force_at >= s.a and p.in_force_at < s.b join matter m on m.id = p.matter_id \
     join plan_client pc on pc.document_id = p.document_id";

const OFFERS: &str = "select s.no as no, (select c0.id from client c0 where 1 = 0) as client_id, cast(null as text) as place, q.state as part, s.d2 as day from span s \
     join (select made_at, state from offer union all select made_at, state from matter_offer) q \
     on q.made_at >= s.a and q.made_at < s.b and q.state <> 'open'";

const ADVICE: &str = "select s.no as no, (select c0.id from client c0 where 1 = 0) as client_id, cast(null as text) as place, q.door as part, s.d2 as day from span s \
     join advice q on q.at >= s.a and q.at < s.b";

const GOALS: &str = "select s.no as no, pc.client_id as client_id, cast(null as text) as place, q.attained as part, s.d2 as day from span s \
     join plan_review v on v.at >= s.a and v.at < s.b join plan_review_goal q on q.review_id = v.id join plan_goal g on g.id = q.goal_id \
     join plan_client pc on pc.document_id = v.document_id and (g.client_id is null or g.client_id = pc.client_id)";

// The same day a year later, as text; 29 February has 28 of the next year before it.
const RETURNS: &str = "select s.no as no, r.client_id as client_id, cast(null as text) as place, \
     case when exists (select 1 from client_relation n where n.client_id = r.client_id and n.began_on > r.ended_on \
     and n.began_on <= cast(cast(substr(r.ended_on, 1, 4) as integer) + 1 as text) || substr(r.ended_on, 5)) then 'yes' else 'no' end as part, \
     s.d2 as day from span s join client_relation r on r.ended_on >= s.y1 and r.ended_on <= s.y2 \
     join client c on c.id = r.client_id and c.state = 'active'";

const HEARD: &str = "select s.no as no, v.client_id as client_id, cast(null as text) as place, \
     case when v.answer = 'declined' then 'no_answer' else v.answer end as part, s.d2 as day from span s \
     join closing_voice v on v.asked_at >= s.a and v.asked_at < s.b";

const PLANS_DECLINED: &str = "select s.no as no, w.client_id as client_id, cast(null as text) as place, \
     case when w.reason = 'advice' then 'advice_enough' else w.reason end as part, s.d2 as day from span s \
     join plan_waiver w on w.recorded_at >= s.a and w.recorded_at < s.b";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_its_query() {
        for one in crate::dictionary::definitions() {
            assert!(rows_of(one.code).is_some(), "{}", one.code);
        }
        assert!(rows_of("cost").is_none());
    }
}
