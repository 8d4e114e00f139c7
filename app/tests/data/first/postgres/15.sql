--
-- PostgreSQL database dump
--




--
-- Name: county_15; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA county_15;




--
-- Name: absence; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.absence (
    staff_id bytea NOT NULL,
    begins_on text NOT NULL COLLATE pg_catalog."C",
    ends_on text NOT NULL COLLATE pg_catalog."C",
    CONSTRAINT absence_check CHECK ((begins_on <= ends_on))
);


--
-- Name: advice; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.advice (
    id bytea NOT NULL,
    at bigint NOT NULL,
    staff_id bytea NOT NULL,
    unit_id bytea NOT NULL,
    door text NOT NULL COLLATE pg_catalog."C",
    person text COLLATE pg_catalog."C",
    asked text NOT NULL COLLATE pg_catalog."C",
    advised text NOT NULL COLLATE pg_catalog."C",
    next text NOT NULL COLLATE pg_catalog."C",
    theme text COLLATE pg_catalog."C"
);


--
-- Name: attachment; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.attachment (
    id bytea NOT NULL,
    contact_id bytea NOT NULL,
    at bigint NOT NULL,
    file_name text NOT NULL COLLATE pg_catalog."C",
    media_type text NOT NULL COLLATE pg_catalog."C",
    size bigint NOT NULL,
    digest bytea NOT NULL,
    content bytea NOT NULL
);


--
-- Name: attempt; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.attempt (
    id bytea NOT NULL,
    contact_id bytea NOT NULL,
    at bigint NOT NULL,
    staff_id bytea NOT NULL,
    channel text NOT NULL COLLATE pg_catalog."C",
    reached bigint NOT NULL,
    body text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: contact; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.contact (
    id bytea NOT NULL,
    number text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    door text NOT NULL COLLATE pg_catalog."C",
    arrived_at bigint NOT NULL,
    came_to_unit bytea NOT NULL,
    municipality text COLLATE pg_catalog."C",
    language text NOT NULL COLLATE pg_catalog."C",
    other_language text COLLATE pg_catalog."C",
    interpreter bigint NOT NULL,
    parties text NOT NULL COLLATE pg_catalog."C",
    own_words text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    theme text COLLATE pg_catalog."C",
    anonymous bigint NOT NULL,
    person_name text COLLATE pg_catalog."C",
    phone text COLLATE pg_catalog."C",
    answer_way text NOT NULL COLLATE pg_catalog."C",
    wish text COLLATE pg_catalog."C",
    written_by bytea,
    assisted bigint NOT NULL,
    authority text COLLATE pg_catalog."C",
    authority_contact text COLLATE pg_catalog."C",
    authority_ground text COLLATE pg_catalog."C",
    earlier_contact bytea,
    receipt_hash bytea,
    urgency text NOT NULL COLLATE pg_catalog."C",
    urgency_source text NOT NULL COLLATE pg_catalog."C",
    urgency_reason text NOT NULL COLLATE pg_catalog."C",
    urgency_by bytea,
    urgency_at bigint NOT NULL,
    urgency_rank bigint NOT NULL,
    housing_risk bigint NOT NULL,
    child_in_household bigint NOT NULL,
    answer_due text NOT NULL COLLATE pg_catalog."C",
    state text NOT NULL COLLATE pg_catalog."C",
    holder_kind text NOT NULL COLLATE pg_catalog."C",
    holder_unit bytea NOT NULL,
    holder_staff bytea,
    holder_since bigint NOT NULL,
    first_taken_at bigint,
    holders_met bigint NOT NULL,
    touched_at bigint NOT NULL,
    raised_at bigint,
    ended_at bigint,
    ending text COLLATE pg_catalog."C",
    version bigint NOT NULL,
    CONSTRAINT contact_answer_way_check CHECK ((answer_way = ANY (ARRAY['call'::text, 'text'::text, 'code'::text, 'none'::text]))),
    CONSTRAINT contact_check CHECK ((((holder_kind = 'duty'::text) AND (holder_staff IS NULL)) OR ((holder_kind = 'person'::text) AND (holder_staff IS NOT NULL)))),
    CONSTRAINT contact_check1 CHECK ((((state = 'open'::text) AND (ended_at IS NULL)) OR ((state = 'ended'::text) AND (ended_at IS NOT NULL) AND (ending IS NOT NULL)))),
    CONSTRAINT contact_holder_kind_check CHECK ((holder_kind = ANY (ARRAY['duty'::text, 'person'::text]))),
    CONSTRAINT contact_kind_check CHECK ((kind = ANY (ARRAY['contact'::text, 'notification'::text, 'application'::text]))),
    CONSTRAINT contact_parties_check CHECK ((parties = ANY (ARRAY['one'::text, 'couple'::text, 'family'::text]))),
    CONSTRAINT contact_state_check CHECK ((state = ANY (ARRAY['open'::text, 'ended'::text]))),
    CONSTRAINT contact_urgency_check CHECK ((urgency = ANY (ARRAY['now'::text, 'today'::text, 'week'::text, 'none'::text]))),
    CONSTRAINT contact_urgency_source_check CHECK ((urgency_source = ANY (ARRAY['rule'::text, 'staff'::text])))
);


--
-- Name: contact_event; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.contact_event (
    id bytea NOT NULL,
    contact_id bytea NOT NULL,
    at bigint NOT NULL,
    staff_id bytea,
    event text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: contact_message; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.contact_message (
    id bytea NOT NULL,
    contact_id bytea NOT NULL,
    at bigint NOT NULL,
    staff_id bytea,
    body text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: counter; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.counter (
    name text NOT NULL COLLATE pg_catalog."C",
    value bigint NOT NULL
);


--
-- Name: draft; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.draft (
    owner bytea NOT NULL,
    form_key text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    saved_at bigint NOT NULL
);


--
-- Name: duty; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.duty (
    id bytea NOT NULL,
    unit_id bytea NOT NULL,
    staff_id bytea NOT NULL,
    begins_at bigint NOT NULL,
    ends_at bigint NOT NULL,
    CONSTRAINT duty_check CHECK ((begins_at < ends_at))
);


--
-- Name: ending; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.ending (
    id bytea NOT NULL,
    contact_id bytea NOT NULL,
    at bigint NOT NULL,
    staff_id bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    who text COLLATE pg_catalog."C",
    who_staff bytea,
    by_day text COLLATE pg_catalog."C",
    told bigint NOT NULL,
    seen_at bigint,
    seen_by bytea,
    CONSTRAINT ending_check CHECK (((kind <> 'next_step'::text) OR ((who IS NOT NULL) AND (by_day IS NOT NULL)))),
    CONSTRAINT ending_kind_check CHECK ((kind = ANY (ARRAY['next_step'::text, 'not_wanted'::text, 'not_reached'::text, 'unknown_caller'::text])))
);


--
-- Name: holding; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.holding (
    id bytea NOT NULL,
    contact_id bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    unit_id bytea NOT NULL,
    staff_id bytea NOT NULL,
    how text NOT NULL COLLATE pg_catalog."C",
    began_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT holding_kind_check CHECK ((kind = ANY (ARRAY['duty'::text, 'person'::text])))
);


--
-- Name: job; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.job (
    id bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    payload text NOT NULL COLLATE pg_catalog."C",
    run_at bigint NOT NULL,
    created_at bigint NOT NULL,
    attempts bigint NOT NULL,
    lease_until bigint,
    lease_holder bytea,
    failure text COLLATE pg_catalog."C"
);


--
-- Name: log_entry; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.log_entry (
    "position" bigint NOT NULL,
    header bytea NOT NULL,
    body bytea NOT NULL,
    link bytea NOT NULL
);


--
-- Name: log_head; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.log_head (
    writer bigint NOT NULL,
    count bigint NOT NULL,
    link bytea NOT NULL,
    code bytea NOT NULL
);


--
-- Name: offer; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.offer (
    id bytea NOT NULL,
    contact_id bytea NOT NULL,
    from_staff bytea NOT NULL,
    from_unit bytea NOT NULL,
    to_staff bytea,
    to_unit bytea NOT NULL,
    reason text NOT NULL COLLATE pg_catalog."C",
    warm bigint NOT NULL,
    made_at bigint NOT NULL,
    answer_by bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    answered_at bigint,
    answered_by bytea,
    refusal_reason text COLLATE pg_catalog."C",
    alternative text COLLATE pg_catalog."C",
    both_present bigint,
    CONSTRAINT offer_check CHECK (((state <> 'refused'::text) OR ((refusal_reason IS NOT NULL) AND (alternative IS NOT NULL)))),
    CONSTRAINT offer_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text, 'unanswered'::text, 'withdrawn'::text])))
);


--
-- Name: refinery_schema_history; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.refinery_schema_history (
    version integer NOT NULL,
    name character varying(255),
    applied_on character varying(255),
    checksum character varying(255)
);


--
-- Name: session; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.session (
    token_hash bytea NOT NULL,
    staff_id bytea NOT NULL,
    began_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    ended_at bigint,
    choices text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: setting; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.setting (
    key text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    changed_at bigint NOT NULL
);


--
-- Name: staff; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.staff (
    id bytea NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    sort_key text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    tasks text NOT NULL COLLATE pg_catalog."C",
    qualifications text NOT NULL COLLATE pg_catalog."C",
    unit_id bytea NOT NULL,
    began_on text NOT NULL COLLATE pg_catalog."C",
    ended_on text COLLATE pg_catalog."C",
    demo_role text COLLATE pg_catalog."C"
);


--
-- Name: subject_head; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.subject_head (
    subject bytea NOT NULL,
    writer bigint NOT NULL,
    number bigint NOT NULL
);


--
-- Name: subject_mark; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.subject_mark (
    writer bigint NOT NULL,
    number bigint NOT NULL,
    code bytea
);


--
-- Name: task; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.task (
    id bytea NOT NULL,
    contact_id bytea NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    owner bytea,
    unit_id bytea NOT NULL,
    due_at bigint NOT NULL,
    made_at bigint NOT NULL,
    touched_at bigint NOT NULL,
    done_at bigint,
    done_by bytea,
    outcome text COLLATE pg_catalog."C",
    raised_at bigint,
    CONSTRAINT task_kind_check CHECK ((kind = ANY (ARRAY['call_back'::text, 'next_step'::text])))
);


--
-- Name: unit; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.unit (
    id bytea NOT NULL,
    code text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    name_fi text NOT NULL COLLATE pg_catalog."C",
    name_sv text NOT NULL COLLATE pg_catalog."C",
    name_en text NOT NULL COLLATE pg_catalog."C",
    phone text COLLATE pg_catalog."C",
    lead_id bytea NOT NULL,
    CONSTRAINT unit_kind_check CHECK ((kind = ANY (ARRAY['advice'::text, 'social_work'::text, 'centre'::text])))
);


--
-- Name: unit_municipality; Type: TABLE; Schema: county_15; Owner: -
--

CREATE TABLE county_15.unit_municipality (
    municipality_code text NOT NULL COLLATE pg_catalog."C",
    unit_id bytea NOT NULL
);


--
-- Data for Name: absence; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.absence VALUES
	('\x019ab090bddf7f988d8cdcaec03644df', '2026-11-20', '2026-12-04');


--
-- Data for Name: advice; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.advice VALUES
	('\x019b44b34d007deebe35ebb23abf4a72', 1766384160000, '\x019ab090bddf76f297da687033939478', '\x019ab090bddf734eb6191cb27d8f475d', 'chat', 'Maryam Ahmadi', 'Kuinka kauan päätöstä voi odottaa?', 'Selitettiin määräaika ja katsottiin, milloin hakemus oli tullut.', 'Odottaa perjantaihin ja ottaa sitten yhteyttä.', 'housing'),
	('\x019b7d5cea807c4b885b6e63bdc258fb', 1767334800000, '\x019ab090bddf73de97415457b1c957cd', '\x019ab090bddf734eb6191cb27d8f475d', 'phone', NULL, 'Miten toimeentulotukea haetaan Kelasta?', 'Käytiin hakemus läpi puhelimessa ja katsottiin, mitä liitteitä tarvitaan.', 'Lähettää hakemuksen tänään itse. Soittaa, jos tulee lisäselvityspyyntö.', 'work'),
	('\x019bd4eadb407ac188a2fb370056b11f', 1768803720000, '\x019ab090bddf72cd961c1c95dd2dd80b', '\x019ab090bddf734eb6191cb27d8f475d', 'phone', NULL, 'Voiko vuokravakuuteen saada apua?', 'Kerrottiin Kelan vuokravakuudesta ja siitä, milloin hakemus kannattaa tehdä.', 'Hakee vakuutta, kun vuokrasopimus on sovittu.', 'substances'),
	('\x019e4a0c988073efb3c27970aea05687', 1779358800000, '\x019ab090bddf76f297da687033939478', '\x019ab090bddf734eb6191cb27d8f475d', 'phone', NULL, 'Mihin otetaan yhteyttä, kun läheinen juo?', 'Kerrottiin päihdepalveluista ja läheisten ryhmästä.', 'Miettii ja soittaa itse. Ovi jää auki.', 'loneliness'),
	('\x01a08b15d9207985b2af4c3fdfb024ab', 1789039860000, '\x019ab090bddf7d34ad2baa82106c72d2', '\x019ab090bddf734eb6191cb27d8f475d', 'phone', NULL, 'Missä voi syödä edullisesti lähiaikoina?', 'Katsottiin yhdessä ruoka-avun paikat ja yhteisölounaat.', 'Menee torstain lounaalle. Kerrottiin, että voi tulla myös juttelemaan.', 'substances'),
	('\x01a0e6a8d76070eea00667b430bc4a0b', 1790576220000, '\x019ab090bddf710f9fe085ed7a989457', '\x019ab090bddf734eb6191cb27d8f475d', 'chat', 'Noora Aalto', 'Missä voi syödä edullisesti lähiaikoina?', 'Katsottiin yhdessä ruoka-avun paikat ja yhteisölounaat.', 'Menee torstain lounaalle. Kerrottiin, että voi tulla myös juttelemaan.', 'other'),
	('\x01a0f7123240776da8ad5b26e3e0d508', 1790851560000, '\x019ab090bddf7d34ad2baa82106c72d2', '\x019ab090bddf734eb6191cb27d8f475d', 'phone', NULL, 'Miten toimeentulotukea haetaan Kelasta?', 'Käytiin hakemus läpi puhelimessa ja katsottiin, mitä liitteitä tarvitaan.', 'Lähettää hakemuksen tänään itse. Soittaa, jos tulee lisäselvityspyyntö.', 'money'),
	('\x01a12fee2a607ad3b2c634d6be7ffa9c', 1791805500000, '\x019ab090bddf710f9fe085ed7a989457', '\x019ab090bddf734eb6191cb27d8f475d', 'visit', 'Irma Kinnunen', 'Voiko työpajalle mennä tutustumaan?', 'Kerrottiin työpajoista ja sovittiin, kenelle voi soittaa.', 'Työpajan ohjaaja soittaa hänelle ensi viikolla.', 'housing');


--
-- Data for Name: attachment; Type: TABLE DATA; Schema: county_15; Owner: -
--



--
-- Data for Name: attempt; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.attempt VALUES
	('\x019addaaf5407e059713469b1b4f7e7e', '\x019ada1cec8078c290b87f66076129d2', 1764655560000, '\x019ab090bddf76f297da687033939478', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x019b456140407e9abdb428ee2242dc74', '\x019b401904607359aa8e9e7b68f91056', 1766395560000, '\x019ab090bddf73de97415457b1c957cd', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x019b7de1aae077a4a409494551911782', '\x019b785deca073c1968fdfe69f348d0b', 1767343500000, '\x019ab090bddf72cd961c1c95dd2dd80b', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x019bd56b07c0754e8e2953f94913e08f', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768812120000, '\x019ab090bddf710f9fe085ed7a989457', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x019c76142e407e6da8c8f44a4fe45281', '\x019c7581b2407b8dba5400ff84696e46', 1771507560000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x019d4d7e0e0071e38c33b82e2ab7b3a2', '\x019d4ce6fe2072afaa72c501c03c6d98', 1775121600000, '\x019ab090bddf7d34ad2baa82106c72d2', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x019e4a80de2078a7b2ca9cc7a304b3dc', '\x019e4a0c98807d7eb5a488e8241fbeeb', 1779366420000, '\x019ab090bddf710f9fe085ed7a989457', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x019e62d7f2607cc894ad20f92e0b52e2', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779774780000, '\x019ab090bddf7d34ad2baa82106c72d2', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x01a09029e5a07d15816261bb404eaa5f', '\x01a08b15d920746a82085edfa91354e4', 1789125060000, '\x019ab090bddf76f297da687033939478', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x01a0e7eec4e07f0aa34065ec20df3735', '\x01a0e6a8d7607aad9a890546551b7ec7', 1790597580000, '\x019ab090bddf710f9fe085ed7a989457', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x01a0fb05daa07bd986044ae1a7854b76', '\x01a0f71232407cfca2e6877be95f74a8', 1790917860000, '\x019ab090bddf76f297da687033939478', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x01a133d7c0a0784c9211e5bbb2d7b060', '\x01a12fee2a60781ca0b6e13d30960eb7', 1791871140000, '\x019ab090bddf7d34ad2baa82106c72d2', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x01a19b4d0b007ca5a93c85ba7c470e69', '\x01a195e4c4007322b0a35f87bc265356', 1793606880000, '\x019ab090bddf7d34ad2baa82106c72d2', 'call', 0, 'Ei vastannut.'),
	('\x01a1a0736700740296e0e2f7358af3aa', '\x01a195e4c4007322b0a35f87bc265356', 1793693280000, '\x019ab090bddf7d34ad2baa82106c72d2', 'text', 0, 'Ei vastannut.'),
	('\x01a1af8744007b4b87068ff76473388e', '\x01a195e4c4007322b0a35f87bc265356', 1793946240000, '\x019ab090bddf7d34ad2baa82106c72d2', 'letter', 0, 'Ei vastannut.'),
	('\x01a1bb0285df7f5f97a80e6302f394e6', '\x01a1b5dc29df71d089811fa628c007aa', 1794138867167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'call', 0, 'Ei vastannut.'),
	('\x01a1bf105100703baa6ba5bc0ef13903', '\x01a1b04fc42071c3a935cd2c20a526b2', 1794206880000, '\x019ab090bddf7d34ad2baa82106c72d2', 'call', 1, 'Puhuttiin tilanteesta. Kertoi, mikä on nyt tärkeintä, ja sovittiin, miten jatketaan.'),
	('\x01a1c028e1df796fa2ca07e2453b147a', '\x01a1b5dc29df71d089811fa628c007aa', 1794225267167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'text', 0, 'Ei vastannut.'),
	('\x01a1ca7599df7eb1a6ae88d395a09e76', '\x01a1b5dc29df71d089811fa628c007aa', 1794398067167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'letter', 0, 'Ei vastannut.');


--
-- Data for Name: contact; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.contact VALUES
	('\x019ada1cec8078c290b87f66076129d2', '2025-000001', 'contact', 'phone', 1764595920000, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'fi', NULL, 0, 'couple', 'Taloyhtiö on antanut varoituksen häiriöistä. Olen yrittänyt vähentää, mutta pelkään, että menetän asunnon.', 'Päihteet ja asunto vaarassa', 'substances', 0, 'Maryam Ahmadi', '045 000 4925', 'call', 'week', '\x019ab090bddf76f297da687033939478', 0, NULL, NULL, NULL, NULL, NULL, 'none', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf76f297da687033939478', 1764596220000, 3, 0, 0, '2025-12-02', 'ended', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7ca08223b97381201b28', 1764665880000, 1764595920000, 2, 1765364820000, NULL, 1765364820000, 'next_step', 6),
	('\x019b214098007759936a9086eec9a157', '2025-000002', 'contact', 'web', 1765789440000, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'fi', NULL, 0, 'one', 'En osaa täyttää toimeentulotuen hakemusta netissä. Voiko joku auttaa?', 'Apua hakemuksen täyttämiseen', 'money', 1, NULL, NULL, 'code', 'no_hurry', NULL, 0, NULL, NULL, NULL, NULL, '\x265a1a923f37289d609093443b8512dd8902d7747476fc8d1f4cc90282ef9f11', 'none', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf7d34ad2baa82106c72d2', 1765794360000, 3, 0, 0, '2025-12-16', 'ended', 'person', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7ba1b2f2accbe47f6bdb', 1765934040000, 1765793280000, 3, 1766384220000, NULL, 1766384220000, 'next_step', 7),
	('\x019b401904607359aa8e9e7b68f91056', '2025-000003', 'contact', 'web', 1766306940000, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'fi', NULL, 0, 'one', 'Koulu jäi kesken syksyllä, enkä ole löytänyt töitä. Asun vielä äidin luona, mutta pitäisi muuttaa omaan.', 'Nuori ilman opiskelupaikkaa', 'work', 0, 'Juha Lehtinen', '045 000 0570', 'call', 'week', NULL, 0, NULL, NULL, NULL, NULL, '\x45559523165f2562060e8a72136968be59f39a2b1abfe3e9d8ad0af153a11d3c', 'week', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf73de97415457b1c957cd', 1766385000000, 2, 0, 0, '2025-12-22', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf73de97415457b1c957cd', 1766383680000, 1766383680000, 2, 1766990640000, NULL, 1766990640000, 'not_wanted', 6),
	('\x019b785deca073c1968fdfe69f348d0b', '2026-000001', 'contact', 'web', 1767250980000, '\x019ab090bddf74b9b5076a9ed66badd1', '729', 'fi', NULL, 0, 'one', 'Olemme eroamassa. Lapset ovat viisi ja kahdeksan. Rahat eivät riitä kahteen kotiin, ja olen aivan väsynyt.', 'Ero ja lasten asiat', 'close_ones', 0, 'Irma Kinnunen', '045 000 5670', 'call', 'week', NULL, 0, NULL, NULL, NULL, NULL, '\x4fafdecda8adae567afc55c27b9aace1f12b3c790543654b9b636d43b10e13cd', 'today', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf72cd961c1c95dd2dd80b', 1767338220000, 1, 0, 0, '2026-01-02', 'ended', 'person', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf794d84c87467249a5596', 1767401280000, 1767336960000, 3, 1767776220000, NULL, 1767776220000, 'next_step', 8),
	('\x019bcf0611407f1ebc3d2fbceb897fa1', '2026-000002', 'contact', 'web', 1768704840000, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'fi', NULL, 0, 'one', 'Lasten kanssa ollaan kolme, ja jääkaappi on tyhjä. Palkka tulee vasta viikon päästä.', 'Ei ruokaa viikonlopuksi', 'money', 0, 'Irma Kinnunen', '045 000 5670', 'call', 'today', NULL, 0, NULL, NULL, NULL, NULL, '\xee9dd508b84f6d828aeb27ae519df6cc5db7ba1cdb15622287fc7817c5a628bb', 'today', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf710f9fe085ed7a989457', 1768804920000, 1, 0, 0, '2026-01-19', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1768803600000, 1768803600000, 2, 1768907820000, NULL, 1768907820000, 'next_step', 6),
	('\x019c7581b2407b8dba5400ff84696e46', '2026-000003', 'contact', 'phone', 1771497960000, '\x019ab090bddf71a19a9e78f3d66a7706', '249', 'fi', NULL, 0, 'one', 'Kela alensi perusosaani, koska en mennyt kurssille. Olin silloin kipeä, mutta minulla ei ole todistusta. Mitä teen?', 'Perusosaa on alennettu', 'money', 0, 'Natalia Ivanova', '045 000 8354', 'call', 'week', '\x019ab090bddf7e49bdb9f548ee68f9f4', 0, NULL, NULL, NULL, NULL, NULL, 'week', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1771498560000, 2, 0, 0, '2026-02-20', 'ended', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1771497960000, 1771497960000, 1, 1771999440000, NULL, 1771999440000, 'next_step', 4),
	('\x019d4ce6fe2072afaa72c501c03c6d98', '2026-000004', 'contact', 'phone', 1775111700000, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'sv', NULL, 0, 'one', 'Jag flyttade hit för studierna men avbröt dem. Jag känner ingen här och dagarna går i stå.', 'Nyinflyttad och ensam', 'loneliness', 1, NULL, NULL, 'none', 'no_hurry', '\x019ab090bddf7d34ad2baa82106c72d2', 0, NULL, NULL, NULL, NULL, NULL, 'none', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf7d34ad2baa82106c72d2', 1775112120000, 3, 0, 0, '2026-04-07', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1775111700000, 1775111700000, 1, 1775538540000, NULL, 1775538540000, 'next_step', 4),
	('\x019e4a0c98807d7eb5a488e8241fbeeb', '2026-000005', 'contact', 'visit', 1779358800000, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'fi', NULL, 0, 'one', 'En osaa täyttää toimeentulotuen hakemusta netissä. Voiko joku auttaa?', 'Apua hakemuksen täyttämiseen', 'money', 0, 'Irma Väisänen', '045 000 4527', 'call', 'no_hurry', '\x019ab090bddf710f9fe085ed7a989457', 0, NULL, NULL, NULL, NULL, NULL, 'none', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf710f9fe085ed7a989457', 1779360120000, 3, 0, 0, '2026-05-22', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1779358800000, 1779358800000, 1, 1779428460000, NULL, 1779428460000, 'next_step', 4),
	('\x019e5ebdd6407ad3a840537ef8ecab74', '2026-000006', 'contact', 'web', 1779705960000, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'fi', NULL, 0, 'one', 'Mies on ollut juovuksissa eilisestä ja huusi aamulla. Olen ulkona kaupan luona. En uskalla mennä kotiin.', '”En uskalla mennä kotiin”', 'violence', 0, 'Hannu Rinne', '045 000 6884', 'call', 'today', NULL, 0, NULL, NULL, NULL, NULL, '\xed4f292f9fae024fe8079c53232d826751f7b844fe4a5bf39c60ea018c2132cb', 'none', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf7d34ad2baa82106c72d2', 1779708840000, 3, 0, 0, '2026-05-26', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1779707700000, 1779707700000, 2, 1779789180000, NULL, 1779789180000, 'next_step', 6),
	('\x01a08b15d920746a82085edfa91354e4', '2026-000007', 'contact', 'web', 1789039860000, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'fi', NULL, 0, 'one', 'Ei ole ongelmaa. Haluan sanoa, että neuvonnassa minua kuunneltiin hyvin. Voisiko saman ihmisen kanssa jatkaa?', 'Kehitysidea', 'other', 0, 'Irma Väisänen', '045 000 4527', 'call', 'no_hurry', NULL, 0, NULL, NULL, NULL, NULL, '\xe6da9cc308b6ed8145f1df47b309a33874ed7889b60230255ee52d7cf742a31c', 'today', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf76f297da687033939478', 1789106520000, 1, 0, 0, '2026-09-11', 'ended', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7b529bc3208160201c4a', 1789202700000, 1789106340000, 3, 1789536240000, NULL, 1789536240000, 'next_step', 8),
	('\x01a0e6a8d7607aad9a890546551b7ec7', '2026-000008', 'notification', 'authority', 1790576220000, '\x019ab090bddf75fc97c92d404308ec4e', '249', 'fi', NULL, 0, 'one', 'Ei ole ongelmaa. Haluan sanoa, että neuvonnassa minua kuunneltiin hyvin. Voisiko saman ihmisen kanssa jatkaa?', 'Kehitysidea', 'other', 0, 'Natalia Ivanova', NULL, 'none', 'no_hurry', NULL, 0, 'Työllisyysalue', NULL, 'consent', NULL, '\xbbfb619b9aa5dafa1087ec5c82979f79e1a9ae0c74455edbc3a6d3c47898c4e3', 'none', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf710f9fe085ed7a989457', 1790590740000, 3, 0, 0, '2026-09-29', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1790589900000, 1790589900000, 2, 1790833080000, NULL, 1790833080000, 'next_step', 5),
	('\x01a0f71232407cfca2e6877be95f74a8', '2026-000009', 'contact', 'phone', 1790851560000, '\x019ab090bddf734eb6191cb27d8f475d', '992', 'fi', NULL, 0, 'one', 'Lapsen harrastusmaksu on maksamatta, ja silmälasit pitäisi uusia. Voiko tähän saada täydentävää toimeentulotukea?', 'Täydentävä tuki lapsen harrastukseen', 'money', 0, 'Juha Lehtinen', NULL, 'none', 'week', '\x019ab090bddf76f297da687033939478', 1, NULL, NULL, NULL, NULL, NULL, 'today', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf76f297da687033939478', 1790851920000, 1, 0, 0, '2026-10-02', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 1790851560000, 1790851560000, 1, 1791177300000, NULL, 1791177300000, 'next_step', 4),
	('\x01a1005828a072599363ca3f2ef2309d', '2026-000010', 'contact', 'web', 1791007140000, '\x019ab090bddf75fc97c92d404308ec4e', '182', 'fi', NULL, 0, 'couple', 'Vuokrarästiä on 3200 euroa, ja vuokranantaja on ilmoittanut purkavansa sopimuksen. Asun kahden lapsen kanssa. Tarvitsen apua maksusuunnitelmaan.', 'Vuokrarästi ja kaksi lasta', 'housing', 1, NULL, NULL, 'code', 'week', NULL, 0, NULL, NULL, NULL, NULL, '\x58b2e206311cf701ca1ae5019ef7fd372e84954f3ac9b434951effec241e8684', 'week', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf710f9fe085ed7a989457', 1791177720000, 2, 0, 0, '2026-10-05', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1791176580000, 1791176580000, 2, 1791374160000, NULL, 1791374160000, 'next_step', 5),
	('\x01a12fee2a60781ca0b6e13d30960eb7', '2026-000011', 'contact', 'phone', 1791805500000, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'fi', NULL, 0, 'family', 'Olen ollut pitkään työtön, ja työllisyysalueella sanottiin, että tarvitsen monialaista tukea. Mitä se tarkoittaa?', 'Työ- ja kurssiasiat jumissa', 'work', 0, 'Maryam Ahmadi', NULL, 'none', 'no_hurry', '\x019ab090bddf7d34ad2baa82106c72d2', 0, NULL, NULL, NULL, NULL, NULL, 'today', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf7d34ad2baa82106c72d2', 1791806760000, 1, 0, 0, '2026-10-13', 'ended', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1791933000000, 1791805500000, 2, 1792387440000, NULL, 1792387440000, 'next_step', 6),
	('\x01a1d9e8addf7dcca1defff0fb2dc3b0', '2026-000015', 'contact', 'phone', 1794657267167, '\x019ab090bddf71a19a9e78f3d66a7706', '179', 'fi', NULL, 0, 'one', 'Tuli katkaisuhoidosta viikko sitten. Odottaa, että joku soittaa takaisin niin kuin luvattiin.', 'Katkaisuhoidon jälkeen yksin', 'substances', 0, 'Arto Pulkkinen', '045 000 1234', 'call', 'no_hurry', '\x019ab090bddf703ab4505217a2364231', 0, NULL, NULL, NULL, NULL, NULL, 'none', 'rule', 'wish-no_hurry', NULL, 1794657267167, 3, 0, 0, '2026-11-16', 'open', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf703ab4505217a2364231', 1794657267167, 1794657267167, 1, 1794657267167, NULL, NULL, NULL, 1),
	('\x01a1b04fc42071c3a935cd2c20a526b2', '2026-000013', 'contact', 'web', 1793959380000, '\x019ab090bddf75fc97c92d404308ec4e', '182', 'fi', NULL, 0, 'family', 'Ei ole ongelmaa. Haluan sanoa, että neuvonnassa minua kuunneltiin hyvin. Voisiko saman ihmisen kanssa jatkaa?', 'Kehitysidea', 'other', 0, 'Marko Huttunen', '045 000 2020', 'call', 'no_hurry', NULL, 0, NULL, NULL, NULL, NULL, '\x64d154faea60f340273f8392c60eca7659c223606516dc7453c1750b8c08200c', 'week', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf7d34ad2baa82106c72d2', 1793965920000, 2, 0, 0, '2026-11-09', 'ended', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf72dcbb0522a78eb10326', 1794221640000, 1793965020000, 3, 1794811860000, NULL, 1794811860000, 'next_step', 8),
	('\x01a195e4c4007322b0a35f87bc265356', '2026-000012', 'contact', 'web', 1793516160000, '\x019ab090bddf71a19a9e78f3d66a7706', '179', 'fi', NULL, 0, 'one', 'Vuokrarästiä on 2850 euroa, ja vuokranantaja on ilmoittanut purkavansa sopimuksen. Asun kahden lapsen kanssa. Tarvitsen apua maksusuunnitelmaan.', 'Vuokrarästi ja kaksi lasta', 'housing', 0, 'Maryam Ahmadi', '045 000 4925', 'call', 'week', NULL, 0, NULL, NULL, NULL, NULL, '\xe26ab18beddc33b48918a04831d25c723e6cceadfcd56523be76a021ae9c43fb', 'none', 'staff', 'Arvioitu puhelussa.', '\x019ab090bddf7d34ad2baa82106c72d2', 1793602560000, 3, 0, 0, '2026-11-02', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1793601420000, 1793601420000, 2, 1794811980000, NULL, 1794811980000, 'not_reached', 7),
	('\x01a1ee821ddf7604a0bc0c9da12212b0', '2026-000017', 'contact', 'web', 1795002867167, '\x019ab090bddf71a19a9e78f3d66a7706', '179', 'fi', NULL, 0, 'family', 'Vuokra on rästissä kahdelta kuulta, ja vuokranantaja puhuu irtisanomisesta. Lapset ovat neljä ja seitsemän.', 'Vuokrarästi ja kaksi lasta', 'housing', 0, 'Minna Salo', '045 000 1234', 'call', 'week', NULL, 0, NULL, NULL, NULL, NULL, '\x4117ada1d94d793e29c3929eb011375aecdadde54072261c8810d08fa9f5aef4', 'today', 'rule', 'wish-week housing child', NULL, 1795002867167, 1, 1, 1, '2026-11-19', 'open', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7f988d8cdcaec03644df', 1795003767167, 1795003767167, 2, 1795003767167, NULL, NULL, NULL, 2),
	('\x01a1ee821ddf7949bf2e50d1095e5fe3', '2026-000016', 'contact', 'visit', 1795002867167, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'fi', NULL, 0, 'one', 'Naapuri saattoi neuvontaan. Asunnossa on paljon tavaraa, ja lääkkeet ovat menneet sekaisin.', 'Asunnon siivous, huoli pärjäämisestä', 'health', 0, 'Kerttu Mäkelä', '045 000 1234', 'call', 'week', '\x019ab090bddf72cd961c1c95dd2dd80b', 0, NULL, NULL, NULL, NULL, NULL, 'week', 'rule', 'wish-week', NULL, 1795002867167, 2, 0, 0, '2026-11-19', 'open', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1795002867167, 1795002867167, 1, 1795006467167, NULL, NULL, NULL, 2),
	('\x01a1b5dc29df71d089811fa628c007aa', '2026-000014', 'contact', 'web', 1794052467167, '\x019ab090bddf71a19a9e78f3d66a7706', '179', 'fi', NULL, 0, 'one', 'Olen muuttanut tänne keväällä enkä tunne ketään. Olisiko jokin ryhmä?', 'Haluaisi juttuseuraa', 'loneliness', 0, 'Tapio Rinne', '045 000 1234', 'call', 'no_hurry', NULL, 0, NULL, NULL, NULL, NULL, '\x3c082a9d06a9f58f9c90bbe26c022a842da2cc1cf0840f40b2bb81d9c187f897', 'none', 'rule', 'wish-no_hurry', NULL, 1794052467167, 3, 0, 0, '2026-11-09', 'ended', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1794053367167, 1794053367167, 2, 1795262067167, NULL, 1795262067167, 'not_reached', 6),
	('\x01a1fdf531df7ceeb45dcf5fc58362a6', '2026-000018', 'contact', 'phone', 1795262067167, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'fi', NULL, 0, 'one', 'Poika pelaa rahaa öisin ja on lainannut äidiltään. Äiti on väsynyt eikä tiedä, miten auttaa.', 'Läheisen huoli pojan pelaamisesta', 'close_ones', 0, 'Raija Kettunen', '045 000 1234', 'call', 'no_hurry', '\x019ab090bddf72cd961c1c95dd2dd80b', 0, NULL, NULL, NULL, NULL, NULL, 'none', 'rule', 'wish-no_hurry', NULL, 1795262067167, 3, 0, 0, '2026-11-23', 'open', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1795262067167, 1795262067167, 1, 1795334067167, NULL, NULL, NULL, 3),
	('\x01a202adb0df7c23912f5662a0c6d173', '2026-000019', 'contact', 'phone', 1795341267167, '\x019ab090bddf71a19a9e78f3d66a7706', '179', 'fi', NULL, 0, 'family', 'Haluaa erota, mutta pelkää puolison reaktiota. Lapset ovat nyt isoäidin luona.', 'Ero ja turvallinen paikka lapsille', 'violence', 0, 'Sari Niemelä', '045 000 1234', 'call', 'today', '\x019ab090bddf7e49bdb9f548ee68f9f4', 0, NULL, NULL, NULL, NULL, NULL, 'today', 'rule', 'wish-today child', NULL, 1795341267167, 1, 0, 1, '2026-11-23', 'open', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1795341267167, 1795341267167, 1, 1795341267167, NULL, NULL, NULL, 1),
	('\x01a203f747df7631b2d950095566ce4a', '2026-000020', 'notification', 'authority', 1795362867167, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'fi', NULL, 0, 'one', 'Työllisyysalueelta pyydetään yhteistä arviota. Asiakas on antanut suostumuksen yhteydenottoon.', 'Monialaisen tuen arvio', 'work', 0, 'Joni Virolainen', '045 000 1234', 'none', 'no_hurry', NULL, 0, 'Työllisyysalue', NULL, 'consent', NULL, '\x40af5603d66f6f2349f09159400bb519172fdb8e4ccb32f572c12e437398d271', 'none', 'rule', 'wish-no_hurry', NULL, 1795362867167, 3, 0, 0, '2026-11-23', 'open', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', NULL, 1795362867167, NULL, 1, 1795362867167, NULL, NULL, NULL, 1),
	('\x01a206c1645f72c8ad6fa72baed0ab5e', '2026-000021', 'contact', 'phone', 1795409667167, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'fi', NULL, 0, 'one', 'Jakso päättyy kolmen viikon päästä. Aiempi asunto meni, eikä paluuta entiseen porukkaan ole.', 'Päihdepalvelun jälkeen ei asuntoa', 'housing', 0, 'Elisa Korpela', '045 000 1234', 'call', 'week', '\x019ab090bddf72cd961c1c95dd2dd80b', 0, NULL, NULL, NULL, NULL, NULL, 'today', 'rule', 'wish-week housing', NULL, 1795409667167, 1, 1, 0, '2026-11-24', 'open', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1795409667167, 1795409667167, 1, 1795412367167, NULL, NULL, NULL, 2),
	('\x01a2073cfcff712bbcd73a5674ae9b41', '2026-000023', 'contact', 'web', 1795417767167, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'sv', NULL, 0, 'one', 'Jag har flera små krediter och vill få ordning på dem innan det blir värre. Helst på svenska.', 'Skuldrådgivning, flera krediter', 'money', 0, 'Sofia Lindqvist', '045 000 1234', 'call', 'no_hurry', NULL, 0, NULL, NULL, NULL, NULL, '\xe7ef2879c6c75abcc64ac367c2cc31e57fcfac02095d6e5906c58cccbcff53c5', 'none', 'rule', 'wish-no_hurry', NULL, 1795417767167, 3, 0, 0, '2026-11-24', 'open', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', NULL, 1795417767167, NULL, 1, 1795417767167, NULL, NULL, NULL, 1),
	('\x01a2072f415f762aa20b3397c51c06c8', '2026-000022', 'contact', 'phone', 1795416867167, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'fi', NULL, 0, 'one', 'Ei halua vielä kertoa nimeään. Velkaa on monesta paikasta, ja kirjeet pelottavat.', 'Kysyy velkajärjestelystä, haluaa tavata', 'money', 1, NULL, NULL, 'none', 'no_hurry', '\x019ab090bddf72cd961c1c95dd2dd80b', 0, NULL, NULL, NULL, NULL, NULL, 'none', 'rule', 'wish-no_hurry', NULL, 1795416867167, 3, 0, 0, '2026-11-24', 'open', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1795416867167, 1795416867167, 1, 1795419567167, NULL, NULL, NULL, 2),
	('\x01a207cf78ff7c3da96e4c959d9ffa40', '2026-000024', 'contact', 'visit', 1795427367167, '\x019ab090bddf734eb6191cb27d8f475d', '179', 'sign', NULL, 0, 'one', 'Posti jää avaamatta, ja kotona on sekaista. Haluaisi, että joku kävisi yhdessä läpi, mistä aloitetaan.', 'Tukea arjen asioihin', 'everyday', 0, 'Heikki Sorsa', '045 000 1234', 'call', 'no_hurry', '\x019ab090bddf72cd961c1c95dd2dd80b', 0, NULL, NULL, NULL, NULL, NULL, 'none', 'rule', 'wish-no_hurry', NULL, 1795427367167, 3, 0, 0, '2026-11-24', 'open', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1795427367167, 1795427367167, 1, 1795427367167, NULL, NULL, NULL, 1),
	('\x01a207f8abdf7f11a1cec398c7de21a0', '2026-000025', 'contact', 'web', 1795430067167, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'fi', NULL, 0, 'one', 'Tuki on myöhässä ja lääkkeet ovat hakematta. Pärjään tämän päivän, mutta huomenna en.', 'Rahat loppu, lääkkeet hakematta', 'money', 0, 'Kari Ojala', '045 000 1234', 'call', 'today', NULL, 0, NULL, NULL, NULL, NULL, '\xe7ebea5f46c70705e5bf0f928b06caeaa88f7528b5ad2ba4bad1a4b0f40e52fd', 'today', 'rule', 'wish-today', NULL, 1795430067167, 1, 0, 0, '2026-11-24', 'open', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', NULL, 1795430067167, NULL, 1, 1795430067167, NULL, NULL, NULL, 1),
	('\x01a2081c607f77e194989ac8b3074d69', '2026-000026', 'contact', 'web', 1795432407167, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'other', 'somali', 1, 'one', 'Sain kirjeen, jossa on häätöpäivä. En ymmärrä kaikkea, mitä siinä lukee. Voiko joku soittaa tulkin kanssa?', 'Häätöpäivä on sovittu', 'housing', 0, 'Leyla Hassan', '045 000 1234', 'call', 'week', NULL, 0, NULL, NULL, NULL, NULL, '\x33a318ba080681455abfb6599f88ef178f721eb45a1a1d27933c7b3752d743b1', 'today', 'rule', 'wish-week housing', NULL, 1795432407167, 1, 1, 0, '2026-11-24', 'open', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', NULL, 1795432407167, NULL, 1, 1795432407167, NULL, NULL, NULL, 1),
	('\x01a20836ed5f71ef9d3ae375cb1a9988', '2026-000027', 'contact', 'web', 1795434147167, '\x019ab090bddf734eb6191cb27d8f475d', NULL, 'fi', NULL, 0, 'family', 'Mies on ollut juovuksissa eilisestä ja huusi aamulla. Olen ulkona kaupan luona. Lapsi on koulussa kahteen asti. En tiedä, mihin voin mennä.', '”En uskalla mennä kotiin”', 'violence', 1, NULL, NULL, 'code', 'today', NULL, 0, NULL, NULL, NULL, NULL, '\x8838eb150fd01e6b6bad031cee781869e5a92995b3c590ce0f8f10b81adcc51d', 'now', 'rule', 'wish-today child danger', NULL, 1795434147167, 0, 0, 1, '2026-11-24', 'open', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', NULL, 1795434147167, NULL, 1, 1795434147167, NULL, NULL, NULL, 1);


--
-- Data for Name: contact_event; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.contact_event VALUES
	('\x019ada1cec807b958d5513bcbcff15c7', '\x019ada1cec8078c290b87f66076129d2', 1764595920000, '\x019ab090bddf76f297da687033939478', 'written_down', 'phone'),
	('\x019ada21806076f4bd3beba7487b1239', '\x019ada1cec8078c290b87f66076129d2', 1764596220000, '\x019ab090bddf76f297da687033939478', 'judged', 'none'),
	('\x019addaaf54078b49d8a01b12eb70901', '\x019ada1cec8078c290b87f66076129d2', 1764655560000, '\x019ab090bddf76f297da687033939478', 'reached', 'call'),
	('\x019addf9b1807e36a0eef8ba4a64252b', '\x019ada1cec8078c290b87f66076129d2', 1764660720000, '\x019ab090bddf76f297da687033939478', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x019ade486dc075ef801bfcfa8b414aa0', '\x019ada1cec8078c290b87f66076129d2', 1764665880000, '\x019ab090bddf7ca08223b97381201b28', 'accepted', ''),
	('\x019b07f168207f2f87acbbe525ad6469', '\x019ada1cec8078c290b87f66076129d2', 1765364820000, '\x019ab090bddf7ca08223b97381201b28', 'ended', 'next_step'),
	('\x019b214098007dc6928831c70abff0ae', '\x019b214098007759936a9086eec9a157', 1765789440000, NULL, 'arrived', 'web'),
	('\x019b217b300075d7965941ccdb64d5de', '\x019b214098007759936a9086eec9a157', 1765793280000, '\x019ab090bddf7d34ad2baa82106c72d2', 'taken', ''),
	('\x019b218baac07411a8376dd1c0c75a4e', '\x019b214098007759936a9086eec9a157', 1765794360000, '\x019ab090bddf7d34ad2baa82106c72d2', 'judged', 'none'),
	('\x019b25dcb5607a6dbd78361be2feab09', '\x019b214098007759936a9086eec9a157', 1765866780000, '\x019ab090bddf7d34ad2baa82106c72d2', 'answered', ''),
	('\x019b2688d3e0775581d3b8e59be201b3', '\x019b214098007759936a9086eec9a157', 1765878060000, '\x019ab090bddf7d34ad2baa82106c72d2', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x019b29df03c0770595c9e9ac83a80bd9', '\x019b214098007759936a9086eec9a157', 1765934040000, '\x019ab090bddf7ba1b2f2accbe47f6bdb', 'accepted', ''),
	('\x019b401904607289ba99dfb86ec79e0b', '\x019b401904607359aa8e9e7b68f91056', 1766306940000, NULL, 'arrived', 'web'),
	('\x019b401904607a43a9418277ac6e1cce', '\x019b401904607359aa8e9e7b68f91056', 1766306940000, NULL, 'call_asked', ''),
	('\x019b44abfa0070d9a99eacd7201670e1', '\x019b401904607359aa8e9e7b68f91056', 1766383680000, '\x019ab090bddf73de97415457b1c957cd', 'taken', ''),
	('\x019b44b4376072b68ceea2a763bfb976', '\x019b214098007759936a9086eec9a157', 1766384220000, '\x019ab090bddf7ba1b2f2accbe47f6bdb', 'ended', 'next_step'),
	('\x019b44c01e407f96bedb1a55324b67fe', '\x019b401904607359aa8e9e7b68f91056', 1766385000000, '\x019ab090bddf73de97415457b1c957cd', 'judged', 'week'),
	('\x019b456140407413b6e968e22a7ecae6', '\x019b401904607359aa8e9e7b68f91056', 1766395560000, '\x019ab090bddf73de97415457b1c957cd', 'task_done', 'Soitettu ja tavoitettu.'),
	('\x019b45614040798da83700b5c51a2749', '\x019b401904607359aa8e9e7b68f91056', 1766395560000, '\x019ab090bddf73de97415457b1c957cd', 'reached', 'call'),
	('\x019b68d9738077d4b35f6debf77caf00', '\x019b401904607359aa8e9e7b68f91056', 1766990640000, '\x019ab090bddf73de97415457b1c957cd', 'ended', 'not_wanted'),
	('\x019b785deca07947b850d2ea444fbdbc', '\x019b785deca073c1968fdfe69f348d0b', 1767250980000, NULL, 'arrived', 'web'),
	('\x019b785deca07e8ba6621f8324a129eb', '\x019b785deca073c1968fdfe69f348d0b', 1767250980000, NULL, 'call_asked', ''),
	('\x019b7d7de0007b81b8931ffeac3c8368', '\x019b785deca073c1968fdfe69f348d0b', 1767336960000, '\x019ab090bddf72cd961c1c95dd2dd80b', 'taken', ''),
	('\x019b7d9119e0704692e757cd14c45cb1', '\x019b785deca073c1968fdfe69f348d0b', 1767338220000, '\x019ab090bddf72cd961c1c95dd2dd80b', 'judged', 'today'),
	('\x019b7de1aae075d58073d46bcf4a7b82', '\x019b785deca073c1968fdfe69f348d0b', 1767343500000, '\x019ab090bddf72cd961c1c95dd2dd80b', 'task_done', 'Soitettu ja tavoitettu.'),
	('\x019b7de1aae07abfa06960f6ee8c332a', '\x019b785deca073c1968fdfe69f348d0b', 1767343500000, '\x019ab090bddf72cd961c1c95dd2dd80b', 'reached', 'call'),
	('\x019b7e8bf4a07da39bb519d1163a6eb8', '\x019b785deca073c1968fdfe69f348d0b', 1767354660000, '\x019ab090bddf72cd961c1c95dd2dd80b', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x019b815352007040a5599305c619b0d7', '\x019b785deca073c1968fdfe69f348d0b', 1767401280000, '\x019ab090bddf794d84c87467249a5596', 'accepted', ''),
	('\x019b97ac736073169d844ccf031f7c4a', '\x019b785deca073c1968fdfe69f348d0b', 1767776220000, '\x019ab090bddf794d84c87467249a5596', 'ended', 'next_step'),
	('\x019bcf06114075a29b33fb1e2590b156', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768704840000, NULL, 'arrived', 'web'),
	('\x019bcf0611407782af3733df84c3d73a', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768704840000, NULL, 'call_asked', ''),
	('\x019bd4e90680745eaa1259f66ede62d7', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768803600000, '\x019ab090bddf710f9fe085ed7a989457', 'taken', ''),
	('\x019bd4fd2ac072189a619088559c9560', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768804920000, '\x019ab090bddf710f9fe085ed7a989457', 'judged', 'today'),
	('\x019bd56b07c07128b7d0db9d9233f14b', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768812120000, '\x019ab090bddf710f9fe085ed7a989457', 'task_done', 'Soitettu ja tavoitettu.'),
	('\x019bd56b07c0772ab19bf480d0221b08', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768812120000, '\x019ab090bddf710f9fe085ed7a989457', 'reached', 'call'),
	('\x019bdb1f4be077bba4d22257292f33cf', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768907820000, '\x019ab090bddf710f9fe085ed7a989457', 'ended', 'next_step'),
	('\x019c7581b2407adaaf882e081ce07b92', '\x019c7581b2407b8dba5400ff84696e46', 1771497960000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'written_down', 'phone'),
	('\x019c758ada0079c4af248aa2676bb9be', '\x019c7581b2407b8dba5400ff84696e46', 1771498560000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'judged', 'week'),
	('\x019c76142e407286963fb22b23dc993f', '\x019c7581b2407b8dba5400ff84696e46', 1771507560000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'reached', 'call'),
	('\x019c9365ac807298985a16b96e30f678', '\x019c7581b2407b8dba5400ff84696e46', 1771999440000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'ended', 'next_step'),
	('\x019d4ce6fe2072fe924d3d534ee253da', '\x019d4ce6fe2072afaa72c501c03c6d98', 1775111700000, '\x019ab090bddf7d34ad2baa82106c72d2', 'written_down', 'phone'),
	('\x019d4ced66c07bafa70b34e4f1adcce4', '\x019d4ce6fe2072afaa72c501c03c6d98', 1775112120000, '\x019ab090bddf7d34ad2baa82106c72d2', 'judged', 'none'),
	('\x019d4d7e0e007be1b67599101e751bab', '\x019d4ce6fe2072afaa72c501c03c6d98', 1775121600000, '\x019ab090bddf7d34ad2baa82106c72d2', 'reached', 'call'),
	('\x019d66580de07f7c946ef0a078d6693b', '\x019d4ce6fe2072afaa72c501c03c6d98', 1775538540000, '\x019ab090bddf7d34ad2baa82106c72d2', 'ended', 'next_step'),
	('\x019e4a0c988077c58561e03090cc032c', '\x019e4a0c98807d7eb5a488e8241fbeeb', 1779358800000, '\x019ab090bddf710f9fe085ed7a989457', 'written_down', 'visit'),
	('\x019e4a20bcc07eccb114fe1c8efe11c5', '\x019e4a0c98807d7eb5a488e8241fbeeb', 1779360120000, '\x019ab090bddf710f9fe085ed7a989457', 'judged', 'none'),
	('\x019e4a80de2076849515c76c7df7772a', '\x019e4a0c98807d7eb5a488e8241fbeeb', 1779366420000, '\x019ab090bddf710f9fe085ed7a989457', 'reached', 'call'),
	('\x019e4e3385e07a7298529987edc4072d', '\x019e4a0c98807d7eb5a488e8241fbeeb', 1779428460000, '\x019ab090bddf710f9fe085ed7a989457', 'ended', 'next_step'),
	('\x019e5ebdd6407a3cb99021cbcdc65f92', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779705960000, NULL, 'arrived', 'web'),
	('\x019e5ebdd6407c38860069ddbbdbdf98', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779705960000, NULL, 'call_asked', '');
INSERT INTO county_15.contact_event VALUES
	('\x019e5ed863207f26903a0f2e2b6caf27', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779707700000, '\x019ab090bddf7d34ad2baa82106c72d2', 'taken', ''),
	('\x019e5ee9c84077a1a42aedac74ae7fac', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779708840000, '\x019ab090bddf7d34ad2baa82106c72d2', 'judged', 'none'),
	('\x019e62d7f26073a0bc5b6172d54bb1ea', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779774780000, '\x019ab090bddf7d34ad2baa82106c72d2', 'task_done', 'Soitettu ja tavoitettu.'),
	('\x019e62d7f2607aa4ae46161b12ba8217', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779774780000, '\x019ab090bddf7d34ad2baa82106c72d2', 'reached', 'call'),
	('\x019e63b3ac6072bcad2e2e6cfc4ff179', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779789180000, '\x019ab090bddf7d34ad2baa82106c72d2', 'ended', 'next_step'),
	('\x01a08b15d920787db5a28cff4352e14e', '\x01a08b15d920746a82085edfa91354e4', 1789039860000, NULL, 'arrived', 'web'),
	('\x01a08b15d9207701bfd3bcb92441b0cd', '\x01a08b15d920746a82085edfa91354e4', 1789039860000, NULL, 'call_asked', ''),
	('\x01a08f0c40a0705bb6b64b718cbb019e', '\x01a08b15d920746a82085edfa91354e4', 1789106340000, '\x019ab090bddf76f297da687033939478', 'taken', ''),
	('\x01a08f0effc07dd2be81f314b7c2198a', '\x01a08b15d920746a82085edfa91354e4', 1789106520000, '\x019ab090bddf76f297da687033939478', 'judged', 'today'),
	('\x01a09029e5a07609814061c3e2da6678', '\x01a08b15d920746a82085edfa91354e4', 1789125060000, '\x019ab090bddf76f297da687033939478', 'task_done', 'Soitettu ja tavoitettu.'),
	('\x01a09029e5a077b5914750e19e73578e', '\x01a08b15d920746a82085edfa91354e4', 1789125060000, '\x019ab090bddf76f297da687033939478', 'reached', 'call'),
	('\x01a0908cc620771fb1d9898f15a15331', '\x01a08b15d920746a82085edfa91354e4', 1789131540000, '\x019ab090bddf76f297da687033939478', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x01a094ca96e07ca99aff60061aed0497', '\x01a08b15d920746a82085edfa91354e4', 1789202700000, '\x019ab090bddf7b529bc3208160201c4a', 'accepted', ''),
	('\x01a0a8ac018078ccba142da31a23e9e7', '\x01a08b15d920746a82085edfa91354e4', 1789536240000, '\x019ab090bddf7b529bc3208160201c4a', 'ended', 'next_step'),
	('\x01a0e6a8d7607d05b9d5f96d7a4a62b2', '\x01a0e6a8d7607aad9a890546551b7ec7', 1790576220000, NULL, 'arrived', 'authority'),
	('\x01a0e77994e07aad8c3a97562517ef44', '\x01a0e6a8d7607aad9a890546551b7ec7', 1790589900000, '\x019ab090bddf710f9fe085ed7a989457', 'taken', ''),
	('\x01a0e78666207e5fb2b01e879378a1c5', '\x01a0e6a8d7607aad9a890546551b7ec7', 1790590740000, '\x019ab090bddf710f9fe085ed7a989457', 'judged', 'none'),
	('\x01a0e7eec4e0798897b996b1c7ea3f40', '\x01a0e6a8d7607aad9a890546551b7ec7', 1790597580000, '\x019ab090bddf710f9fe085ed7a989457', 'reached', 'call'),
	('\x01a0f5f836c0784da64f1e8032e28ee7', '\x01a0e6a8d7607aad9a890546551b7ec7', 1790833080000, '\x019ab090bddf710f9fe085ed7a989457', 'ended', 'next_step'),
	('\x01a0f712324077aeb9185dfa25f070cd', '\x01a0f71232407cfca2e6877be95f74a8', 1790851560000, '\x019ab090bddf76f297da687033939478', 'written_down', 'phone'),
	('\x01a0f717b0807d26a8a82569499fbbbc', '\x01a0f71232407cfca2e6877be95f74a8', 1790851920000, '\x019ab090bddf76f297da687033939478', 'judged', 'today'),
	('\x01a0fb05daa078c9bd8a7b57867cc0d8', '\x01a0f71232407cfca2e6877be95f74a8', 1790917860000, '\x019ab090bddf76f297da687033939478', 'reached', 'call'),
	('\x01a1005828a073f79a6ef17dc9c8ffa1', '\x01a1005828a072599363ca3f2ef2309d', 1791007140000, NULL, 'arrived', 'web'),
	('\x01a10a719ba07e99957fe3569c4a3561', '\x01a1005828a072599363ca3f2ef2309d', 1791176580000, '\x019ab090bddf710f9fe085ed7a989457', 'taken', ''),
	('\x01a10a7c982070c3bef2c8277619a1a8', '\x01a0f71232407cfca2e6877be95f74a8', 1791177300000, '\x019ab090bddf76f297da687033939478', 'ended', 'next_step'),
	('\x01a10a8300c0724fbcc5eb72ec8ac4a8', '\x01a1005828a072599363ca3f2ef2309d', 1791177720000, '\x019ab090bddf710f9fe085ed7a989457', 'judged', 'week'),
	('\x01a10aa5cb0073aabaf66aa3a92d38b4', '\x01a1005828a072599363ca3f2ef2309d', 1791180000000, '\x019ab090bddf710f9fe085ed7a989457', 'answered', ''),
	('\x01a11638708079cba332d3ba780158a3', '\x01a1005828a072599363ca3f2ef2309d', 1791374160000, '\x019ab090bddf710f9fe085ed7a989457', 'ended', 'next_step'),
	('\x01a12fee2a607eefb5a204e536682be6', '\x01a12fee2a60781ca0b6e13d30960eb7', 1791805500000, '\x019ab090bddf7d34ad2baa82106c72d2', 'written_down', 'phone'),
	('\x01a13001644076f09c7abd38a6db448e', '\x01a12fee2a60781ca0b6e13d30960eb7', 1791806760000, '\x019ab090bddf7d34ad2baa82106c72d2', 'judged', 'today'),
	('\x01a133d7c0a07da0a3bde9d1ca3c024c', '\x01a12fee2a60781ca0b6e13d30960eb7', 1791871140000, '\x019ab090bddf7d34ad2baa82106c72d2', 'reached', 'call'),
	('\x01a1344fafc0746090100e60962f6380', '\x01a12fee2a60781ca0b6e13d30960eb7', 1791879000000, '\x019ab090bddf7d34ad2baa82106c72d2', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x01a13787a9407e07a452973c82b68afa', '\x01a12fee2a60781ca0b6e13d30960eb7', 1791933000000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'accepted', ''),
	('\x01a1529ddd8076c3b1959ddeb2835b9d', '\x01a12fee2a60781ca0b6e13d30960eb7', 1792387440000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'ended', 'next_step'),
	('\x01a195e4c400753bb160107f28f3901e', '\x01a195e4c4007322b0a35f87bc265356', 1793516160000, NULL, 'arrived', 'web'),
	('\x01a195e4c4007e9f9856c35b6960e657', '\x01a195e4c4007322b0a35f87bc265356', 1793516160000, NULL, 'call_asked', ''),
	('\x01a19af9bae07442b0f87bcf6767a032', '\x01a195e4c4007322b0a35f87bc265356', 1793601420000, '\x019ab090bddf7d34ad2baa82106c72d2', 'taken', ''),
	('\x01a19b0b20007032bafbc421d2d5670e', '\x01a195e4c4007322b0a35f87bc265356', 1793602560000, '\x019ab090bddf7d34ad2baa82106c72d2', 'judged', 'none'),
	('\x01a19b4d0b00735fb45f9de11382fdd6', '\x01a195e4c4007322b0a35f87bc265356', 1793606880000, '\x019ab090bddf7d34ad2baa82106c72d2', 'tried', 'call'),
	('\x01a1a073670076869a3b2f71bd7c6b99', '\x01a195e4c4007322b0a35f87bc265356', 1793693280000, '\x019ab090bddf7d34ad2baa82106c72d2', 'tried', 'text'),
	('\x01a1af8744007d2c9ce5b50c53eb2b60', '\x01a195e4c4007322b0a35f87bc265356', 1793946240000, '\x019ab090bddf7d34ad2baa82106c72d2', 'tried', 'letter'),
	('\x01a1b04fc4207cc2a06f09974a9789c4', '\x01a1b04fc42071c3a935cd2c20a526b2', 1793959380000, NULL, 'arrived', 'web'),
	('\x01a1b04fc4207979a9d7c0394f1fc8fb', '\x01a1b04fc42071c3a935cd2c20a526b2', 1793959380000, NULL, 'call_asked', ''),
	('\x01a1b0a5d3607dc683bcb53a2b704068', '\x01a1b04fc42071c3a935cd2c20a526b2', 1793965020000, '\x019ab090bddf7d34ad2baa82106c72d2', 'taken', ''),
	('\x01a1b0b38f007d6cb380a8018034326a', '\x01a1b04fc42071c3a935cd2c20a526b2', 1793965920000, '\x019ab090bddf7d34ad2baa82106c72d2', 'judged', 'week'),
	('\x01a1b5dc29df7115ad916015626bdcd8', '\x01a1b5dc29df71d089811fa628c007aa', 1794052467167, NULL, 'arrived', 'web'),
	('\x01a1b5dc29df78a9a0c2c1afe0694d06', '\x01a1b5dc29df71d089811fa628c007aa', 1794052467167, NULL, 'call_asked', ''),
	('\x01a1b5e9e57f7daeb5baa69bd175d885', '\x01a1b5dc29df71d089811fa628c007aa', 1794053367167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'taken', ''),
	('\x01a1bb0285df72949c473dcc651bf2b6', '\x01a1b5dc29df71d089811fa628c007aa', 1794138867167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'tried', 'call'),
	('\x01a1bf1051007731aa3e54ebd49c5696', '\x01a1b04fc42071c3a935cd2c20a526b2', 1794206880000, '\x019ab090bddf7d34ad2baa82106c72d2', 'task_done', 'Soitettu ja tavoitettu.');
INSERT INTO county_15.contact_event VALUES
	('\x01a1bf1051007a658bae26aa50c7356f', '\x01a1b04fc42071c3a935cd2c20a526b2', 1794206880000, '\x019ab090bddf7d34ad2baa82106c72d2', 'reached', 'call'),
	('\x01a1bfb606e072599313c66adc076a42', '\x01a1b04fc42071c3a935cd2c20a526b2', 1794217740000, '\x019ab090bddf7d34ad2baa82106c72d2', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x01a1bff189407120a5dd0c1e01cb4a60', '\x01a1b04fc42071c3a935cd2c20a526b2', 1794221640000, '\x019ab090bddf72dcbb0522a78eb10326', 'accepted', ''),
	('\x01a1c028e1df79e19b0142d3cce59745', '\x01a1b5dc29df71d089811fa628c007aa', 1794225267167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'tried', 'text'),
	('\x01a1ca7599df70a98c5cc967b0261384', '\x01a1b5dc29df71d089811fa628c007aa', 1794398067167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'tried', 'letter'),
	('\x01a1d9e8addf71c8a63591da8a152c8a', '\x01a1d9e8addf7dcca1defff0fb2dc3b0', 1794657267167, '\x019ab090bddf703ab4505217a2364231', 'written_down', 'phone'),
	('\x01a1e31f94207b17b07e99dcba4c66fe', '\x01a1b04fc42071c3a935cd2c20a526b2', 1794811860000, '\x019ab090bddf72dcbb0522a78eb10326', 'ended', 'next_step'),
	('\x01a1e32168e073d59e287ea1663856e4', '\x01a195e4c4007322b0a35f87bc265356', 1794811980000, '\x019ab090bddf7d34ad2baa82106c72d2', 'ended', 'not_reached'),
	('\x01a1ed431940723fb30a7fd7c3629e59', '\x01a195e4c4007322b0a35f87bc265356', 1794981960000, '\x019ab090bddf7550b5ab07935b87501f', 'seen', ''),
	('\x01a1ee821ddf7576a6824df76704f14c', '\x01a1ee821ddf7949bf2e50d1095e5fe3', 1795002867167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 'visit'),
	('\x01a1ee821ddf73eda86c34621efbe4b0', '\x01a1ee821ddf7604a0bc0c9da12212b0', 1795002867167, NULL, 'arrived', 'web'),
	('\x01a1ee821ddf71f485977e02ded1f405', '\x01a1ee821ddf7604a0bc0c9da12212b0', 1795002867167, NULL, 'call_asked', ''),
	('\x01a1ee8fd97f794abb2aebc55d01eb3a', '\x01a1ee821ddf7604a0bc0c9da12212b0', 1795003767167, '\x019ab090bddf7f988d8cdcaec03644df', 'taken', ''),
	('\x01a1eeb90c5f75a380a3cff6f661461a', '\x01a1ee821ddf7949bf2e50d1095e5fe3', 1795006467167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x01a1f3e052bf7eb0925f25a60e3cb842', '\x01a1ee821ddf7949bf2e50d1095e5fe3', 1795092927167, NULL, 'unanswered', ''),
	('\x01a1fdf531df78fda00851c7bb222e4b', '\x01a1fdf531df7ceeb45dcf5fc58362a6', 1795262067167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 'phone'),
	('\x01a1fdf531df70579207b406fcea7141', '\x01a1b5dc29df71d089811fa628c007aa', 1795262067167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'ended', 'not_reached'),
	('\x01a1fe2c205f7734a7aa42b5dfba1015', '\x01a1fdf531df7ceeb45dcf5fc58362a6', 1795265667167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x01a2023fd3df7495b67e36a704263fc2', '\x01a1fdf531df7ceeb45dcf5fc58362a6', 1795334067167, '\x019ab090bddf7ca08223b97381201b28', 'refused', 'Olen täynnä kahden viikon ajan.
Ehdotan kollegaa, jolla on tilaa tällä viikolla.'),
	('\x01a202adb0df726eb6b286dc2b5669bd', '\x01a202adb0df7c23912f5662a0c6d173', 1795341267167, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'written_down', 'phone'),
	('\x01a203f747df7155856c69b271caf565', '\x01a203f747df7631b2d950095566ce4a', 1795362867167, NULL, 'arrived', 'authority'),
	('\x01a206c1645f7741a15719a31870d6b1', '\x01a206c1645f72c8ad6fa72baed0ab5e', 1795409667167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 'phone'),
	('\x01a206ea973f7e26bfd60ca847ac29c1', '\x01a206c1645f72c8ad6fa72baed0ab5e', 1795412367167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x01a2072f415f7100aaaf8d718abea77b', '\x01a2072f415f762aa20b3397c51c06c8', 1795416867167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 'phone'),
	('\x01a2073cfcff7a65b75de93fd28e7a4e', '\x01a2073cfcff712bbcd73a5674ae9b41', 1795417767167, NULL, 'arrived', 'web'),
	('\x01a2073cfcff7e57b0fe5f26ea5fb560', '\x01a2073cfcff712bbcd73a5674ae9b41', 1795417767167, NULL, 'call_asked', ''),
	('\x01a20758743f76928af46c9d93f9216f', '\x01a2072f415f762aa20b3397c51c06c8', 1795419567167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'offered', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.'),
	('\x01a207cf78ff70fb92ef0c7b2a04d24d', '\x01a207cf78ff7c3da96e4c959d9ffa40', 1795427367167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 'visit'),
	('\x01a207f8abdf77a798e9fb5f188b3bbd', '\x01a207f8abdf7f11a1cec398c7de21a0', 1795430067167, NULL, 'arrived', 'web'),
	('\x01a207f8abdf7bfea08936715cf5593f', '\x01a207f8abdf7f11a1cec398c7de21a0', 1795430067167, NULL, 'call_asked', ''),
	('\x01a2081c607f79c2bfdf052f53e90527', '\x01a2081c607f77e194989ac8b3074d69', 1795432407167, NULL, 'arrived', 'web'),
	('\x01a2081c607f71e0a289807e7d7fdc55', '\x01a2081c607f77e194989ac8b3074d69', 1795432407167, NULL, 'call_asked', ''),
	('\x01a20836ed5f7b1d856d6f1d257c0a8e', '\x01a20836ed5f71ef9d3ae375cb1a9988', 1795434147167, NULL, 'arrived', 'web');


--
-- Data for Name: contact_message; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.contact_message VALUES
	('\x019b25dcb56078878c6d388dcbf115e2', '\x019b214098007759936a9086eec9a157', 1765866780000, '\x019ab090bddf7d34ad2baa82106c72d2', 'Kiitos viestistäsi. Luin sen ja selvitän asiaa. Vastaan sinulle viimeistään huomenna.'),
	('\x01a10aa5cb00702d8f402316c8ee8201', '\x01a1005828a072599363ca3f2ef2309d', 1791180000000, '\x019ab090bddf710f9fe085ed7a989457', 'Kiitos viestistäsi. Luin sen ja selvitän asiaa. Vastaan sinulle viimeistään huomenna.');


--
-- Data for Name: counter; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.counter VALUES
	('contact-2025', 3),
	('contact-2026', 27);


--
-- Data for Name: draft; Type: TABLE DATA; Schema: county_15; Owner: -
--



--
-- Data for Name: duty; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.duty VALUES
	('\x019ab090bddf70d993f43ce175629ec3', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1794204000000, 1794232800000),
	('\x019ab090bddf79f4b906fef75ebfc332', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7ca08223b97381201b28', 1794290400000, 1794319200000),
	('\x019ab090bddf7caf85ab5a9664b3221c', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf75258416ab1765086185', 1794376800000, 1794405600000),
	('\x019ab090bddf7286a4a90b365408124a', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf72dcbb0522a78eb10326', 1794463200000, 1794492000000),
	('\x019ab090bddf73cb972713ca61d54fd0', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7b529bc3208160201c4a', 1794549600000, 1794578400000),
	('\x019ab090bddf7bd3984c039960d9e42a', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1794808800000, 1794837600000),
	('\x019ab090bddf78729fb3f4dde3a74d4d', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7ca08223b97381201b28', 1794895200000, 1794924000000),
	('\x019ab090bddf73848e969ac5bc23098d', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf75258416ab1765086185', 1794981600000, 1795010400000),
	('\x019ab090bddf74b9b2ac73e98bfdc6cd', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf72dcbb0522a78eb10326', 1795068000000, 1795096800000),
	('\x019ab090bddf74deb31f2f5d6c2cb6c1', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7b529bc3208160201c4a', 1795154400000, 1795183200000),
	('\x019ab090bddf7dde969f5beaafe6e5b9', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1795413600000, 1795442400000),
	('\x019ab090bddf76b9875ddd083bbe4a99', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7ca08223b97381201b28', 1795500000000, 1795528800000),
	('\x019ab090bddf78eda1f78c1a1cce3951', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf75258416ab1765086185', 1795586400000, 1795615200000),
	('\x019ab090bddf73ba99259676aea06a9c', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf72dcbb0522a78eb10326', 1795672800000, 1795701600000),
	('\x019ab090bddf7ccca98f5d7f371a41f8', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7b529bc3208160201c4a', 1795759200000, 1795788000000),
	('\x019ab090bddf7e548eb955b590d5b157', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1796018400000, 1796047200000),
	('\x019ab090bddf7f54810e7f0cb7c95267', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7ca08223b97381201b28', 1796104800000, 1796133600000),
	('\x019ab090bddf77cea3c648d83769cf7b', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf75258416ab1765086185', 1796191200000, 1796220000000),
	('\x019ab090bddf7277986c144ba04cbd71', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf72dcbb0522a78eb10326', 1796277600000, 1796306400000),
	('\x019ab090bddf79de87f3b45768ce1fd8', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7b529bc3208160201c4a', 1796364000000, 1796392800000),
	('\x019ab090bddf723996bb91257c4fa4a1', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1796623200000, 1796652000000),
	('\x019ab090bddf75c4af25a22d7735fac0', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7ca08223b97381201b28', 1796709600000, 1796738400000),
	('\x019ab090bddf7cf2bd4b125dfb582cea', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf75258416ab1765086185', 1796796000000, 1796824800000),
	('\x019ab090bddf73c7922605af3815e2f3', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf72dcbb0522a78eb10326', 1796882400000, 1796911200000),
	('\x019ab090bddf7d6a97a7e6fd70d079a2', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7b529bc3208160201c4a', 1796968800000, 1796997600000),
	('\x019ab090bddf7a9781f4307d9129f9c5', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 1797228000000, 1797256800000),
	('\x019ab090bddf7c47890372ccb7d9d650', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7ca08223b97381201b28', 1797314400000, 1797343200000),
	('\x019ab090bddf7c6cbee6a201b3b9a394', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf75258416ab1765086185', 1797400800000, 1797429600000),
	('\x019ab090bddf7d47b33295c0489dfebc', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf72dcbb0522a78eb10326', 1797487200000, 1797516000000),
	('\x019ab090bddf7671b53f6f32fb1f8532', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7b529bc3208160201c4a', 1797573600000, 1797602400000),
	('\x019ab090bddf734b936249504d101650', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf700e95a66bc27c4bf497', 1794204000000, 1794232800000),
	('\x019ab090bddf7aa9984e0b5c415d4f6b', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7532812dbcc7d1f6df46', 1794290400000, 1794319200000),
	('\x019ab090bddf7a8e93e59ed8d5948825', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7049a296d35d2a73c725', 1794376800000, 1794405600000),
	('\x019ab090bddf7ed5a045dbdf8060e508', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7fdb8566d30c719aabe6', 1794463200000, 1794492000000),
	('\x019ab090bddf77d48d5bc95cba4363eb', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7f069f8868ebdcbe2360', 1794549600000, 1794578400000),
	('\x019ab090bddf7019b88e668ca5b197ca', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf700e95a66bc27c4bf497', 1794808800000, 1794837600000),
	('\x019ab090bddf74b3be66f7ed39b07057', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7532812dbcc7d1f6df46', 1794895200000, 1794924000000),
	('\x019ab090bddf7ba8bc5ced387a25c096', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7049a296d35d2a73c725', 1794981600000, 1795010400000),
	('\x019ab090bddf7194b285bbb01962d414', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7fdb8566d30c719aabe6', 1795068000000, 1795096800000),
	('\x019ab090bddf749fb7339c8e2013cb83', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7f069f8868ebdcbe2360', 1795154400000, 1795183200000),
	('\x019ab090bddf7f3f93929b25d4a5364c', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf700e95a66bc27c4bf497', 1795413600000, 1795442400000),
	('\x019ab090bddf7d88a647fc6f93c0e17c', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7532812dbcc7d1f6df46', 1795500000000, 1795528800000),
	('\x019ab090bddf717fa699afa42db71ba9', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7049a296d35d2a73c725', 1795586400000, 1795615200000),
	('\x019ab090bddf7a1a9dfad5a7419731ef', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7fdb8566d30c719aabe6', 1795672800000, 1795701600000),
	('\x019ab090bddf741eb144d0bd4ab0e2da', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7f069f8868ebdcbe2360', 1795759200000, 1795788000000),
	('\x019ab090bddf79c3bf0da4f6c369a3c1', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf700e95a66bc27c4bf497', 1796018400000, 1796047200000),
	('\x019ab090bddf7f6a92708f2533d2bc8a', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7532812dbcc7d1f6df46', 1796104800000, 1796133600000),
	('\x019ab090bddf7380ba6e5eeadc49153b', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7049a296d35d2a73c725', 1796191200000, 1796220000000),
	('\x019ab090bddf78a6b1a4b7e8177978fe', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7fdb8566d30c719aabe6', 1796277600000, 1796306400000),
	('\x019ab090bddf79d99d01901e2de52535', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7f069f8868ebdcbe2360', 1796364000000, 1796392800000);
INSERT INTO county_15.duty VALUES
	('\x019ab090bddf71f4963e71f76ed7c968', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf700e95a66bc27c4bf497', 1796623200000, 1796652000000),
	('\x019ab090bddf727a827b03ed6469c18d', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7532812dbcc7d1f6df46', 1796709600000, 1796738400000),
	('\x019ab090bddf7d229450c2515d2590dd', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7049a296d35d2a73c725', 1796796000000, 1796824800000),
	('\x019ab090bddf723082a778c8b06b194d', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7fdb8566d30c719aabe6', 1796882400000, 1796911200000),
	('\x019ab090bddf7db2913974ae2d16132e', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7f069f8868ebdcbe2360', 1796968800000, 1796997600000),
	('\x019ab090bddf7d198e35a2fdf5c963b9', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf700e95a66bc27c4bf497', 1797228000000, 1797256800000),
	('\x019ab090bddf7b46bf6b4c7577e2027b', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7532812dbcc7d1f6df46', 1797314400000, 1797343200000),
	('\x019ab090bddf7818b1c43cd25775de22', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7049a296d35d2a73c725', 1797400800000, 1797429600000),
	('\x019ab090bddf7c16b5e03b0dfcc5ce1b', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7fdb8566d30c719aabe6', 1797487200000, 1797516000000),
	('\x019ab090bddf7aa089554037b3bb1516', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7f069f8868ebdcbe2360', 1797573600000, 1797602400000),
	('\x019ab090bddf725b8d2467bd6ae2942c', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75f6becbe7d298558363', 1794204000000, 1794232800000),
	('\x019ab090bddf7f118f8fc2ddef19679e', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7086ba79e5b7eb90faf5', 1794290400000, 1794319200000),
	('\x019ab090bddf7b07b31d9d3b0b23069b', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75d4b1f0b70f29674355', 1794376800000, 1794405600000),
	('\x019ab090bddf7bc98d0b3463df8eb07f', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7579a476878b5bd9418d', 1794463200000, 1794492000000),
	('\x019ab090bddf701eadfd980ab32dc9c6', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf72558666e9a764624a1c', 1794549600000, 1794578400000),
	('\x019ab090bddf7b5e930da546dc3d3600', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75f6becbe7d298558363', 1794808800000, 1794837600000),
	('\x019ab090bddf78daa8818e18f34ad743', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7086ba79e5b7eb90faf5', 1794895200000, 1794924000000),
	('\x019ab090bddf74c0abf07b0293796d7d', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75d4b1f0b70f29674355', 1794981600000, 1795010400000),
	('\x019ab090bddf78cfa6f11c2b1517b18f', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7579a476878b5bd9418d', 1795068000000, 1795096800000),
	('\x019ab090bddf78eb88799e15c15a3c08', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf72558666e9a764624a1c', 1795154400000, 1795183200000),
	('\x019ab090bddf71538dedc375fd1a31a2', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75f6becbe7d298558363', 1795413600000, 1795442400000),
	('\x019ab090bddf7e32a9951081536932c4', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7086ba79e5b7eb90faf5', 1795500000000, 1795528800000),
	('\x019ab090bddf7f4a9574bf57dbf5645a', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75d4b1f0b70f29674355', 1795586400000, 1795615200000),
	('\x019ab090bddf7783ae2c1aec1dd5df90', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7579a476878b5bd9418d', 1795672800000, 1795701600000),
	('\x019ab090bddf719bbab61d8e6854bc91', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf72558666e9a764624a1c', 1795759200000, 1795788000000),
	('\x019ab090bddf781eae9e4acf59b678ea', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75f6becbe7d298558363', 1796018400000, 1796047200000),
	('\x019ab090bddf7865a2ccf86403bf72a3', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7086ba79e5b7eb90faf5', 1796104800000, 1796133600000),
	('\x019ab090bddf704e8dedc51e5e5cc6c7', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75d4b1f0b70f29674355', 1796191200000, 1796220000000),
	('\x019ab090bddf71e3a7c3d672031d7001', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7579a476878b5bd9418d', 1796277600000, 1796306400000),
	('\x019ab090bddf71f6a38cfedfb513ed17', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf72558666e9a764624a1c', 1796364000000, 1796392800000),
	('\x019ab090bddf74079c4cc8b023882a97', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75f6becbe7d298558363', 1796623200000, 1796652000000),
	('\x019ab090bddf72da8a0ea415bd3369ec', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7086ba79e5b7eb90faf5', 1796709600000, 1796738400000),
	('\x019ab090bddf727a8d6c6279660701fb', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75d4b1f0b70f29674355', 1796796000000, 1796824800000),
	('\x019ab090bddf7f67840dbf502cbcbf6a', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7579a476878b5bd9418d', 1796882400000, 1796911200000),
	('\x019ab090bddf7f8186f2fb3c8becc3cc', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf72558666e9a764624a1c', 1796968800000, 1796997600000),
	('\x019ab090bddf72109e07ea9e484cc164', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75f6becbe7d298558363', 1797228000000, 1797256800000),
	('\x019ab090bddf784dad726edcdc584c6f', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7086ba79e5b7eb90faf5', 1797314400000, 1797343200000),
	('\x019ab090bddf7642a11e94f92f355426', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf75d4b1f0b70f29674355', 1797400800000, 1797429600000),
	('\x019ab090bddf7b419932379e0543f991', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7579a476878b5bd9418d', 1797487200000, 1797516000000),
	('\x019ab090bddf7e668fe65032594e2ceb', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf72558666e9a764624a1c', 1797573600000, 1797602400000),
	('\x019ab090bddf708c960ace0940f24fab', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf70bd9848bf795301899b', 1794204000000, 1794232800000),
	('\x019ab090bddf7472b466b6e16d85bdf6', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf723998718ac7c5ad8dc8', 1794290400000, 1794319200000),
	('\x019ab090bddf7e679a7cbb89f7a29416', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf794d84c87467249a5596', 1794376800000, 1794405600000),
	('\x019ab090bddf7a108c9aefdb78914dbd', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf7cf3b44fc10e62c31a47', 1794463200000, 1794492000000),
	('\x019ab090bddf71bc854f5c6b7a5af3ba', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf75edbad8c5b8ebe8d276', 1794549600000, 1794578400000),
	('\x019ab090bddf7b738fcfef814e643e1e', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf70bd9848bf795301899b', 1794808800000, 1794837600000),
	('\x019ab090bddf7959a88c543636426733', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf723998718ac7c5ad8dc8', 1794895200000, 1794924000000),
	('\x019ab090bddf7e74b7f158111dd7cad0', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf794d84c87467249a5596', 1794981600000, 1795010400000),
	('\x019ab090bddf74ffa47be8368c7308a3', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf7cf3b44fc10e62c31a47', 1795068000000, 1795096800000),
	('\x019ab090bddf77c29432372159f3f607', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf75edbad8c5b8ebe8d276', 1795154400000, 1795183200000);
INSERT INTO county_15.duty VALUES
	('\x019ab090bddf79fea51ccc9e7727e970', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf70bd9848bf795301899b', 1795413600000, 1795442400000),
	('\x019ab090bddf7fe4b253325f50cfb8bb', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf723998718ac7c5ad8dc8', 1795500000000, 1795528800000),
	('\x019ab090bddf70769004a1627b190d3f', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf794d84c87467249a5596', 1795586400000, 1795615200000),
	('\x019ab090bddf780a8e55d929831a81ff', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf7cf3b44fc10e62c31a47', 1795672800000, 1795701600000),
	('\x019ab090bddf72919b296206d20634c1', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf75edbad8c5b8ebe8d276', 1795759200000, 1795788000000),
	('\x019ab090bddf70e0a83bb91723ac9b15', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf70bd9848bf795301899b', 1796018400000, 1796047200000),
	('\x019ab090bddf73b6945601285cac7c88', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf723998718ac7c5ad8dc8', 1796104800000, 1796133600000),
	('\x019ab090bddf7053bc639724c879630c', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf794d84c87467249a5596', 1796191200000, 1796220000000),
	('\x019ab090bddf77ae913fc4a068a15f9b', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf7cf3b44fc10e62c31a47', 1796277600000, 1796306400000),
	('\x019ab090bddf7988928fe5f0054bc75f', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf75edbad8c5b8ebe8d276', 1796364000000, 1796392800000),
	('\x019ab090bddf7523af03616f1a277d5e', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf70bd9848bf795301899b', 1796623200000, 1796652000000),
	('\x019ab090bddf72268103a128695a1cb7', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf723998718ac7c5ad8dc8', 1796709600000, 1796738400000),
	('\x019ab090bddf7a8e80949ce10f8c9b8b', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf794d84c87467249a5596', 1796796000000, 1796824800000),
	('\x019ab090bddf7c808e3b30584b6bc627', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf7cf3b44fc10e62c31a47', 1796882400000, 1796911200000),
	('\x019ab090bddf777cad43424e3d0ad33f', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf75edbad8c5b8ebe8d276', 1796968800000, 1796997600000),
	('\x019ab090bddf718ba8c08f05c750db6d', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf70bd9848bf795301899b', 1797228000000, 1797256800000),
	('\x019ab090bddf7d77a7a3fb2008f7a113', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf723998718ac7c5ad8dc8', 1797314400000, 1797343200000),
	('\x019ab090bddf79b3b08d221ba7cf200e', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf794d84c87467249a5596', 1797400800000, 1797429600000),
	('\x019ab090bddf77eca9ae5abeba8b3d12', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf7cf3b44fc10e62c31a47', 1797487200000, 1797516000000),
	('\x019ab090bddf7d22a3e57b931a5596cf', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf75edbad8c5b8ebe8d276', 1797573600000, 1797602400000),
	('\x019ab090bddf7d74849cfc543a3dea9b', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1794204000000, 1794232800000),
	('\x019ab090bddf7d5eae82a491f221ae58', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf73de97415457b1c957cd', 1794290400000, 1794319200000),
	('\x019ab090bddf74ada1a16c3d4c554c7d', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1794376800000, 1794405600000),
	('\x019ab090bddf72aeb0e8c2fa7b9c0288', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 1794463200000, 1794492000000),
	('\x019ab090bddf7fcb9a65738f69aed6b3', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1794549600000, 1794578400000),
	('\x019ab090bddf70a3b0bd0c8102cb4dbc', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1794808800000, 1794837600000),
	('\x019ab090bddf7ad8b03467b1851dbaae', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 1794895200000, 1794924000000),
	('\x019ab090bddf747ea6af04b247ca1072', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1794981600000, 1795010400000),
	('\x019ab090bddf72ecbb31207a2afd9f23', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1795068000000, 1795096800000),
	('\x019ab090bddf794b93eed380b732762b', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf73de97415457b1c957cd', 1795154400000, 1795183200000),
	('\x019ab090bddf71ba90764d57812d32fb', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1795413600000, 1795442400000),
	('\x019ab090bddf7b07aabc6d8b3ac5a9ba', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1795500000000, 1795528800000),
	('\x019ab090bddf7433b1b1c15983f28f41', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf73de97415457b1c957cd', 1795586400000, 1795615200000),
	('\x019ab090bddf7fe4abb01e15a3b0f653', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1795672800000, 1795701600000),
	('\x019ab090bddf70f8835944d726c8b613', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 1795759200000, 1795788000000),
	('\x019ab090bddf79dd9f9bb9ba8364501d', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf73de97415457b1c957cd', 1796018400000, 1796047200000),
	('\x019ab090bddf7121ac06c7f81a21eb81', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1796104800000, 1796133600000),
	('\x019ab090bddf7585ada9f27ec92e8603', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 1796191200000, 1796220000000),
	('\x019ab090bddf7bae844f8eb76966aee7', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1796277600000, 1796306400000),
	('\x019ab090bddf786dbc8e04b7620db04d', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1796364000000, 1796392800000),
	('\x019ab090bddf723580b4e1974cf62556', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 1796623200000, 1796652000000),
	('\x019ab090bddf74f18ef21b35ccf0b0b1', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1796709600000, 1796738400000),
	('\x019ab090bddf7f07b1dc31979e87fac4', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1796796000000, 1796824800000),
	('\x019ab090bddf7551911da41cd9494d48', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf73de97415457b1c957cd', 1796882400000, 1796911200000),
	('\x019ab090bddf7395ae351ab7857ae975', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1796968800000, 1796997600000),
	('\x019ab090bddf79549b86ec99bffa78f0', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1797228000000, 1797256800000),
	('\x019ab090bddf7c07b9f5af7547d6d0eb', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf73de97415457b1c957cd', 1797314400000, 1797343200000),
	('\x019ab090bddf7e178b1fdd657f412b83', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 1797400800000, 1797429600000),
	('\x019ab090bddf7b7ca31cabfab6dcd188', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 1797487200000, 1797516000000),
	('\x019ab090bddf75e48e9f750de108813b', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 1797573600000, 1797602400000);
INSERT INTO county_15.duty VALUES
	('\x019ab090bddf77169a65454d3d4a5ea7', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 1795427667167, 1797854067167);


--
-- Data for Name: ending; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.ending VALUES
	('\x019b07f168207df286224524786ab808', '\x019ada1cec8078c290b87f66076129d2', 1765364820000, '\x019ab090bddf7ca08223b97381201b28', 'next_step', 'Yhteinen soitto Kelaan', 'Sosiaaliohjaaja', NULL, '2025-12-18', 1, NULL, NULL),
	('\x019b44b4376074e58798f8f9c90440e4', '\x019b214098007759936a9086eec9a157', 1766384220000, '\x019ab090bddf7ba1b2f2accbe47f6bdb', 'next_step', 'Yhteinen soitto Kelaan', 'Sosiaaliohjaaja', NULL, '2025-12-29', 1, NULL, NULL),
	('\x019b68d973807780b806f3312bc9a317', '\x019b401904607359aa8e9e7b68f91056', 1766990640000, '\x019ab090bddf73de97415457b1c957cd', 'not_wanted', 'En tarvitse nyt apua. Soitan, jos tilanne muuttuu.', NULL, NULL, NULL, 0, NULL, NULL),
	('\x019b97ac736073888b22d5056693ab7d', '\x019b785deca073c1968fdfe69f348d0b', 1767776220000, '\x019ab090bddf794d84c87467249a5596', 'next_step', 'Kotikäynti', 'Sosiaalityöntekijä', NULL, '2026-01-15', 1, NULL, NULL),
	('\x019bdb1f4be07ee69b3380eb0eb2c18a', '\x019bcf0611407f1ebc3d2fbceb897fa1', 1768907820000, '\x019ab090bddf710f9fe085ed7a989457', 'next_step', 'Maksusuunnitelma vuokranantajan kanssa', 'Sosiaaliohjaaja yhdessä asiakkaan kanssa', NULL, '2026-01-28', 1, NULL, NULL),
	('\x019c9365ac807933832ce4508cfa671e', '\x019c7581b2407b8dba5400ff84696e46', 1771999440000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'next_step', 'Yhteinen soitto Kelaan', 'Sosiaaliohjaaja', NULL, '2026-03-05', 1, NULL, NULL),
	('\x019d66580de07b559a3fe15295cde9ef', '\x019d4ce6fe2072afaa72c501c03c6d98', 1775538540000, '\x019ab090bddf7d34ad2baa82106c72d2', 'next_step', 'Velkaneuvonnan aika', 'Talous- ja velkaneuvonta, sovittu nimellä', NULL, '2026-04-12', 1, NULL, NULL),
	('\x019e4e3385e0779dbc3d2c610b23c730', '\x019e4a0c98807d7eb5a488e8241fbeeb', 1779428460000, '\x019ab090bddf710f9fe085ed7a989457', 'next_step', 'Kotikäynti', 'Sosiaalityöntekijä', NULL, '2026-05-25', 1, NULL, NULL),
	('\x019e63b3ac607b35887804d784e51735', '\x019e5ebdd6407ad3a840537ef8ecab74', 1779789180000, '\x019ab090bddf7d34ad2baa82106c72d2', 'next_step', 'Kotikäynti', 'Sosiaalityöntekijä', NULL, '2026-05-28', 1, NULL, NULL),
	('\x01a0a8ac01807c9eab81d6cbb931de5a', '\x01a08b15d920746a82085edfa91354e4', 1789536240000, '\x019ab090bddf7b529bc3208160201c4a', 'next_step', 'Kotikäynti', 'Sosiaalityöntekijä', NULL, '2026-09-23', 1, NULL, NULL),
	('\x01a0f5f836c07976ba1033a7b8409c68', '\x01a0e6a8d7607aad9a890546551b7ec7', 1790833080000, '\x019ab090bddf710f9fe085ed7a989457', 'next_step', 'Velkaneuvonnan aika', 'Talous- ja velkaneuvonta, sovittu nimellä', NULL, '2026-10-08', 1, NULL, NULL),
	('\x01a10a7c982078b185aef4cb7282e271', '\x01a0f71232407cfca2e6877be95f74a8', 1791177300000, '\x019ab090bddf76f297da687033939478', 'next_step', 'Yhteinen soitto Kelaan', 'Sosiaaliohjaaja', NULL, '2026-10-12', 1, NULL, NULL),
	('\x01a116387080777fa39096525870373a', '\x01a1005828a072599363ca3f2ef2309d', 1791374160000, '\x019ab090bddf710f9fe085ed7a989457', 'next_step', 'Ryhmän ensimmäinen kerta', 'Ryhmän ohjaaja, tietää tulosta', NULL, '2026-10-13', 1, NULL, NULL),
	('\x01a1529ddd807cfba38f78c461d27bcf', '\x01a12fee2a60781ca0b6e13d30960eb7', 1792387440000, '\x019ab090bddf7e49bdb9f548ee68f9f4', 'next_step', 'Ryhmän ensimmäinen kerta', 'Ryhmän ohjaaja, tietää tulosta', NULL, '2026-10-20', 1, NULL, NULL),
	('\x01a1e31f94207266ba6658669284cfee', '\x01a1b04fc42071c3a935cd2c20a526b2', 1794811860000, '\x019ab090bddf72dcbb0522a78eb10326', 'next_step', 'Yhteinen soitto Kelaan', 'Sosiaaliohjaaja', NULL, '2026-11-25', 1, NULL, NULL),
	('\x01a1e32168e07bb9b11d193441139e1f', '\x01a195e4c4007322b0a35f87bc265356', 1794811980000, '\x019ab090bddf7d34ad2baa82106c72d2', 'not_reached', 'Soitettu, lähetetty tekstiviesti ja kirje.', NULL, NULL, NULL, 0, 1794981960000, '\x019ab090bddf7550b5ab07935b87501f'),
	('\x01a1fdf531df7f85a54727e8658c7355', '\x01a1b5dc29df71d089811fa628c007aa', 1795262067167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'not_reached', 'Soitettu, lähetetty tekstiviesti ja kirje.', NULL, NULL, NULL, 0, NULL, NULL);


--
-- Data for Name: holding; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.holding VALUES
	('\x019ada1cec807b048ef286b2bf6f4e4f', '\x019ada1cec8078c290b87f66076129d2', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 'written_down', 1764595920000, 1764665880000),
	('\x019ade486dc07a3893607d80d0d46891', '\x019ada1cec8078c290b87f66076129d2', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7ca08223b97381201b28', 'accepted', 1764665880000, 1765364820000),
	('\x019b21409800789d8e51af5a034b3dc6', '\x019b214098007759936a9086eec9a157', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7550b5ab07935b87501f', 'arrived', 1765789440000, 1765793280000),
	('\x019b217b30007ae395d5450cc27952f3', '\x019b214098007759936a9086eec9a157', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 'taken', 1765793280000, 1765934040000),
	('\x019b401904607a64be8a9f9267ea1f2e', '\x019b401904607359aa8e9e7b68f91056', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7550b5ab07935b87501f', 'arrived', 1766306940000, 1766383680000),
	('\x019b29df03c077d4a6126c7528fce6c6', '\x019b214098007759936a9086eec9a157', 'person', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7ba1b2f2accbe47f6bdb', 'accepted', 1765934040000, 1766384220000),
	('\x019b44abfa007edba809b0ac5b41ca5c', '\x019b401904607359aa8e9e7b68f91056', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf73de97415457b1c957cd', 'taken', 1766383680000, 1766990640000),
	('\x019b785deca07aea80e3bf37585885b1', '\x019b785deca073c1968fdfe69f348d0b', 'duty', '\x019ab090bddf74b9b5076a9ed66badd1', '\x019ab090bddf7e2fb228c2508a36ce1e', 'arrived', 1767250980000, 1767336960000),
	('\x019b7d7de0007222b7b673396bdab90b', '\x019b785deca073c1968fdfe69f348d0b', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'taken', 1767336960000, 1767401280000),
	('\x019b8153520075c781b4482a4201f23f', '\x019b785deca073c1968fdfe69f348d0b', 'person', '\x019ab090bddf7ecbb2ae7b32f5fda045', '\x019ab090bddf794d84c87467249a5596', 'accepted', 1767401280000, 1767776220000),
	('\x019bcf0611407a1eb1b0716086d3d88b', '\x019bcf0611407f1ebc3d2fbceb897fa1', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7550b5ab07935b87501f', 'arrived', 1768704840000, 1768803600000),
	('\x019bd4e906807c939421dba67c8b04fb', '\x019bcf0611407f1ebc3d2fbceb897fa1', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 'taken', 1768803600000, 1768907820000),
	('\x019c7581b2407c1eb0548f842bb5b66c', '\x019c7581b2407b8dba5400ff84696e46', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 'written_down', 1771497960000, 1771999440000),
	('\x019d4ce6fe207487a670d71849bda791', '\x019d4ce6fe2072afaa72c501c03c6d98', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 'written_down', 1775111700000, 1775538540000),
	('\x019e4a0c98807f8a948d1f20dbb04911', '\x019e4a0c98807d7eb5a488e8241fbeeb', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 'written_down', 1779358800000, 1779428460000),
	('\x019e5ebdd64079d08cd62d128e1161e9', '\x019e5ebdd6407ad3a840537ef8ecab74', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7550b5ab07935b87501f', 'arrived', 1779705960000, 1779707700000),
	('\x019e5ed8632071e7941868d616ffda3f', '\x019e5ebdd6407ad3a840537ef8ecab74', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 'taken', 1779707700000, 1779789180000),
	('\x01a08b15d9207f22b788e3abfea4624f', '\x01a08b15d920746a82085edfa91354e4', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7550b5ab07935b87501f', 'arrived', 1789039860000, 1789106340000),
	('\x01a08f0c40a07b4c84fe081d397adc69', '\x01a08b15d920746a82085edfa91354e4', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 'taken', 1789106340000, 1789202700000),
	('\x01a094ca96e07a0ba4927f0ba14430fa', '\x01a08b15d920746a82085edfa91354e4', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7b529bc3208160201c4a', 'accepted', 1789202700000, 1789536240000),
	('\x01a0e6a8d76074448a84c110d65b23e4', '\x01a0e6a8d7607aad9a890546551b7ec7', 'duty', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7ad4a0904ecc8a3aa9cf', 'arrived', 1790576220000, 1790589900000),
	('\x01a0e77994e07af390f0733fa47c2e29', '\x01a0e6a8d7607aad9a890546551b7ec7', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 'taken', 1790589900000, 1790833080000),
	('\x01a1005828a07617a756abbf6f485ae0', '\x01a1005828a072599363ca3f2ef2309d', 'duty', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7ad4a0904ecc8a3aa9cf', 'arrived', 1791007140000, 1791176580000),
	('\x01a0f71232407e43b271acbbc96340b4', '\x01a0f71232407cfca2e6877be95f74a8', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf76f297da687033939478', 'written_down', 1790851560000, 1791177300000),
	('\x01a10a719ba07a00a4bcfcdb7394ef6f', '\x01a1005828a072599363ca3f2ef2309d', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf710f9fe085ed7a989457', 'taken', 1791176580000, 1791374160000),
	('\x01a12fee2a60762182ab7fec85e94405', '\x01a12fee2a60781ca0b6e13d30960eb7', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 'written_down', 1791805500000, 1791933000000),
	('\x01a13787a9407ff983f680b41b704f5d', '\x01a12fee2a60781ca0b6e13d30960eb7', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 'accepted', 1791933000000, 1792387440000),
	('\x01a195e4c40070c78a63eb1826d7e17c', '\x01a195e4c4007322b0a35f87bc265356', 'duty', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7550b5ab07935b87501f', 'arrived', 1793516160000, 1793601420000),
	('\x01a1b04fc42075c79f2547d7c7e87c56', '\x01a1b04fc42071c3a935cd2c20a526b2', 'duty', '\x019ab090bddf75fc97c92d404308ec4e', '\x019ab090bddf7ad4a0904ecc8a3aa9cf', 'arrived', 1793959380000, 1793965020000),
	('\x01a1b5dc29df780f8b454c75d6763a83', '\x01a1b5dc29df71d089811fa628c007aa', 'duty', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7550b5ab07935b87501f', 'arrived', 1794052467167, 1794053367167),
	('\x01a1b0a5d3607144912206a404dc41f7', '\x01a1b04fc42071c3a935cd2c20a526b2', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 'taken', 1793965020000, 1794221640000),
	('\x01a1d9e8addf74639ce7e5a510a298a6', '\x01a1d9e8addf7dcca1defff0fb2dc3b0', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf703ab4505217a2364231', 'written_down', 1794657267167, NULL),
	('\x01a1bff189407ea7b3fbb66447765aa3', '\x01a1b04fc42071c3a935cd2c20a526b2', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf72dcbb0522a78eb10326', 'accepted', 1794221640000, 1794811860000),
	('\x01a19af9bae07e9d86a2809a64bc81af', '\x01a195e4c4007322b0a35f87bc265356', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 'taken', 1793601420000, 1794811980000),
	('\x01a1ee821ddf72d1acc72f593afb08c5', '\x01a1ee821ddf7949bf2e50d1095e5fe3', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 1795002867167, NULL),
	('\x01a1ee821ddf76aa921f2bfd9fdbf1f2', '\x01a1ee821ddf7604a0bc0c9da12212b0', 'duty', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf75258416ab1765086185', 'arrived', 1795002867167, 1795003767167),
	('\x01a1ee8fd97f7eddb2501413d1f6943f', '\x01a1ee821ddf7604a0bc0c9da12212b0', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7f988d8cdcaec03644df', 'taken', 1795003767167, NULL),
	('\x01a1fdf531df7e71b2051df265552a12', '\x01a1fdf531df7ceeb45dcf5fc58362a6', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 1795262067167, NULL),
	('\x01a1b5e9e57f72029df024450b72cdf5', '\x01a1b5dc29df71d089811fa628c007aa', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'taken', 1794053367167, 1795262067167),
	('\x01a202adb0df729791ee3f6f004f82c2', '\x01a202adb0df7c23912f5662a0c6d173', 'person', '\x019ab090bddf71a19a9e78f3d66a7706', '\x019ab090bddf7e49bdb9f548ee68f9f4', 'written_down', 1795341267167, NULL),
	('\x01a203f747df71c9b512c985d678bfd7', '\x01a203f747df7631b2d950095566ce4a', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7550b5ab07935b87501f', 'arrived', 1795362867167, NULL),
	('\x01a206c1645f78d98291fb193ddffde0', '\x01a206c1645f72c8ad6fa72baed0ab5e', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 1795409667167, NULL),
	('\x01a2072f415f7579a3edbb7bf36fff50', '\x01a2072f415f762aa20b3397c51c06c8', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 1795416867167, NULL),
	('\x01a2073cfcff778590bcbd56f8b259a8', '\x01a2073cfcff712bbcd73a5674ae9b41', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7d34ad2baa82106c72d2', 'arrived', 1795417767167, NULL),
	('\x01a207cf78ff728d950179e4499cd0fb', '\x01a207cf78ff7c3da96e4c959d9ffa40', 'person', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'written_down', 1795427367167, NULL),
	('\x01a207f8abdf7b75ba38d9043653db24', '\x01a207f8abdf7f11a1cec398c7de21a0', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'arrived', 1795430067167, NULL),
	('\x01a2081c607f74d5beee03f254551d1c', '\x01a2081c607f77e194989ac8b3074d69', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'arrived', 1795432407167, NULL),
	('\x01a20836ed5f7c56a9a3bdec7af1d312', '\x01a20836ed5f71ef9d3ae375cb1a9988', 'duty', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72cd961c1c95dd2dd80b', 'arrived', 1795434147167, NULL);


--
-- Data for Name: job; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.job VALUES
	('\x01a1fe2c205f7ef5a06c14cfa2de65b2', 'intake.offer_due', '01a1fe2c-205f-7aab-af40-2ebb250f01f3', 1795442400000, 1795265667167, 0, NULL, NULL, NULL),
	('\x01a206ea973f74cd932487bc32d8d1ac', 'intake.offer_due', '01a206ea-973f-7274-a1e6-c1d9b0df138c', 1795528800000, 1795412367167, 0, NULL, NULL, NULL),
	('\x01a20758743f7122ac9a42959432f6ab', 'intake.offer_due', '01a20758-743f-7b32-b0b4-e4417515a21b', 1795505967167, 1795419567167, 0, NULL, NULL, NULL);


--
-- Data for Name: log_entry; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.log_entry VALUES
	(1, '\x0180ec1cda9a01000001019ab090bddf76f297da6870339394780e636f6e746163742e6372656174650546442d303303503031', '\x0101019ada1cec8078c290b87f66076129d2000570686f6e65017e245346990a1a34ca4e10d0478ac3870821cd882d7651bf4181a74d4f3f6857', '\x8a5dd61175aa2d32a806e6f9177f6f035f215afa67ec7ca7d2b21c82b6f43d83'),
	(2, '\x01608021da9a01000001019ab090bddf76f297da6870339394780d636f6e746163742e6a756467650546442d303903503031', '\x0101019ada1cec8078c290b87f66076129d201046e6f6e650120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x80de4c717510536c37441ad03f6f9a95b75e98f8506b51755fdc2096df511bc1'),
	(3, '\x0140f5aadd9a01000001019ab090bddf76f297da6870339394780f636f6e746163742e617474656d70740546442d303903503031', '\x0101019ada1cec8078c290b87f66076129d2010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\x247015b2cd17b48e707e084f7d2068308d5988c2ef4330e13666bf0ecc1ba802'),
	(4, '\x0180b1f9dd9a01000001019ab090bddf76f297da6870339394780c6f666665722e6372656174650546442d313003503031', '\x0101019ada1cec8078c290b87f66076129d20100013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x853a660d09ea85b849df39aa625ac059e038763362cd433fa55884612ecddfb5'),
	(5, '\x01c06d48de9a01000001019ab090bddf7ca08223b97381201b280c6f666665722e6163636570740541522d303203503031', '\x0101019ada1cec8078c290b87f66076129d2010000', '\x980c58f4b47128f7a8ab1a6dc292f242fe3068ce556f0c61c92401614e770144'),
	(6, '\x012068f1079b01000001019ab090bddf7ca08223b97381201b280b636f6e746163742e656e64044e2d303603503031', '\x0101019ada1cec8078c290b87f66076129d201096e6578745f7374657001240e9751881dff50b31e1e9cab2b534c640b2850853598fe89db0913151cb02e', '\x9f65f4a20d74747f765d6e42372b259298526f74fbdbd71de9b0ebdc4ac4036a'),
	(7, '\x01009840219b010000020e636f6e746163742e637265617465044e2d313403503138', '\x0101019b214098007759936a9086eec9a15700037765620102bfeec45c9317cde0b0124b4ddc18784a08e32ba93b29ff32acdeae0113db24', '\xad95431cd2c80df30858faf5c12b859393312f64172e60b12a566f28dc21f09f'),
	(8, '\x0100307b219b01000001019ab090bddf7d34ad2baa82106c72d20c636f6e746163742e74616b65044e2d303203503031', '\x0101019b214098007759936a9086eec9a157010000', '\x985a09a17b986865ed4dc2bad847fad8805072e9b2410355ecca05c95faf4535'),
	(9, '\x01c0aa8b219b01000001019ab090bddf7d34ad2baa82106c72d20d636f6e746163742e6a756467650546442d303903503031', '\x0101019b214098007759936a9086eec9a15701046e6f6e650120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\xbf30c69e73148a1119f4595554c34462e14948b2c3eb3ae0f5c05f111611366c'),
	(10, '\x0160b5dc259b01000001019ab090bddf7d34ad2baa82106c72d20e6d6573736167652e6372656174650546442d313503503031', '\x0101019b214098007759936a9086eec9a15701000175f73fe6c4cae0613bb511e2092f7eb040eccdbf18b917ac8d9636bbcbc3a6d7', '\x07954b9554e1600f145290088f85057fb904e75771d9e9f8da60c34b4939ce0b'),
	(11, '\x01e0d388269b01000001019ab090bddf7d34ad2baa82106c72d20c6f666665722e6372656174650546442d313003503031', '\x0101019b214098007759936a9086eec9a1570100013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x7398a51120bee516a2e92a468d38a39886db1d21ded38550ba30c335acdd6a0c'),
	(12, '\x01c003df299b01000001019ab090bddf7ba1b2f2accbe47f6bdb0c6f666665722e6163636570740541522d303203503031', '\x0101019b214098007759936a9086eec9a157010000', '\x8fe579c934754c534ffd011adb74eea5fae55e5b4bb42c0a4f2192b0e8e12604'),
	(13, '\x01600419409b010000020e636f6e746163742e637265617465044e2d313403503138', '\x0101019b401904607359aa8e9e7b68f9105600037765620112f9f92099db89fef952dddf313a8ad3c16387082c70bc66879768751495f64d', '\x826c706e70f6131cfd6be9eb2d09ecd5d09f8dd7154870db2395bc9ee57c4360'),
	(14, '\x01600419409b010000020b7461736b2e637265617465044e2d313403503138', '\x0101019b401904607359aa8e9e7b68f91056010963616c6c5f6261636b00', '\x70d75da19d00f499cba00ed851aad9f1bb3d67ced836fd02c87404f789ecf073'),
	(15, '\x0100faab449b01000001019ab090bddf73de97415457b1c957cd0c636f6e746163742e74616b65044e2d303203503031', '\x0101019b401904607359aa8e9e7b68f91056010000', '\x78b9fd58e8747a36011456d80c57b7d2555e808e878330add8dd5221c189bcbc'),
	(16, '\x01004db3449b01000001019ab090bddf76f297da6870339394780d6164766963652e637265617465044e2d313803503038', '\x0101019b44b34d007deebe35ebb23abf4a720000019e6544b52aa8331e1dedb3a9af6d5abeedd38d7acb713382cef4981f02469194', '\x3976210c17174f13640e8a2abec0fc055ff6999e2c1c4346dec958a1d81a5367'),
	(17, '\x016037b4449b01000001019ab090bddf7ba1b2f2accbe47f6bdb0b636f6e746163742e656e64044e2d303603503031', '\x0101019b214098007759936a9086eec9a15705096e6578745f7374657001240e9751881dff50b31e1e9cab2b534c640b2850853598fe89db0913151cb02e', '\x61a50318a2edb74ff0e35dce886ad0889999563790c6a57e4d5fc6385eebfaf9'),
	(18, '\x01401ec0449b01000001019ab090bddf73de97415457b1c957cd0d636f6e746163742e6a756467650546442d303903503031', '\x0101019b401904607359aa8e9e7b68f9105603047765656b0120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x47ed2d8944c3748182b6cbe15fb53f62e883236cfab261a71573fe95e4fbeed7'),
	(19, '\x01404061459b01000001019ab090bddf73de97415457b1c957cd0b7461736b2e66696e697368044e2d323003503031', '\x0101019b401904607359aa8e9e7b68f910560100014288f4a14eac41a1d8d521d42a50ecc06301ea12a91c71dea3f1fde4066c4d6e', '\x4c9ddc4dacc8cfac58ed9ef2797f32f2f72c862df7153f1e943dcd4aca161dbb'),
	(20, '\x01404061459b01000001019ab090bddf73de97415457b1c957cd0f636f6e746163742e617474656d70740546442d303903503031', '\x0101019b401904607359aa8e9e7b68f91056010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\xa6cf252cd2f73b5cbaaf356e516a89e8479c552ad404e098b1edd555245b774f'),
	(21, '\x018073d9689b01000001019ab090bddf73de97415457b1c957cd0b636f6e746163742e656e640546442d303903503031', '\x0101019b401904607359aa8e9e7b68f91056010a6e6f745f77616e746564015fdaa142b0bf577be0707d32b15e52c2bc3f2113f67c901d3a793b93bd542194', '\x3db1fbf77fbe6f9851038c6d64f6ad168733d285efa81c266b80f8091c7ae474'),
	(22, '\x01a0ec5d789b010000020e636f6e746163742e637265617465044e2d313403503138', '\x0101019b785deca073c1968fdfe69f348d0b0003776562013eda1efffe38e8278d79475ad52371ec6fdd8a55f1bb004c2ba1ecc5520ba26f', '\xc7884a0862c1b9ced50647a9b3fc116587c3a2cc9ed0aae0dd287eeb35e9689d'),
	(23, '\x01a0ec5d789b010000020b7461736b2e637265617465044e2d313403503138', '\x0101019b785deca073c1968fdfe69f348d0b010963616c6c5f6261636b00', '\x0300e9a3b1e424e2f1c1ebdc3918dc19c5f805fc45e3c2bfc83d65f23e62ef07'),
	(24, '\x0180ea5c7d9b01000001019ab090bddf73de97415457b1c957cd0d6164766963652e637265617465044e2d313803503038', '\x0101019b7d5cea807c4b885b6e63bdc258fb0000015b803e0adb4fc8c93a4c8763c05fb6dfbd092eff88fa0d447a06d77be959570d', '\x073a30843a6fa89014a3892ee75bbfb6635e8d640e093d9b2d43791b9af97d76'),
	(25, '\x0100e07d7d9b01000001019ab090bddf72cd961c1c95dd2dd80b0c636f6e746163742e74616b65044e2d303203503031', '\x0101019b785deca073c1968fdfe69f348d0b020000', '\x1e99d4524522ebfa199bd4b30517154288ee10c7020328bdef94466a6a08d56c'),
	(26, '\x01e019917d9b01000001019ab090bddf72cd961c1c95dd2dd80b0d636f6e746163742e6a756467650546442d303903503031', '\x0101019b785deca073c1968fdfe69f348d0b0105746f6461790120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x74a28ccc3cddee8a8c96f02412ccb5587ed28dccefb41c47685808a0e10febb8'),
	(27, '\x01e0aae17d9b01000001019ab090bddf72cd961c1c95dd2dd80b0b7461736b2e66696e697368044e2d323003503031', '\x0101019b785deca073c1968fdfe69f348d0b0100014288f4a14eac41a1d8d521d42a50ecc06301ea12a91c71dea3f1fde4066c4d6e', '\x7c52f2f28e4bd676c4bb94dbfe20face301bd28ed2b64ded4686639115804ab5'),
	(28, '\x01e0aae17d9b01000001019ab090bddf72cd961c1c95dd2dd80b0f636f6e746163742e617474656d70740546442d303903503031', '\x0101019b785deca073c1968fdfe69f348d0b010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\x4576e0cd5aa7e3cb77001610adb935f2ecd1b0ed959421d778f0ad4d0f889fb9'),
	(29, '\x01a0f48b7e9b01000001019ab090bddf72cd961c1c95dd2dd80b0c6f666665722e6372656174650546442d313003503031', '\x0101019b785deca073c1968fdfe69f348d0b0100013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x25072d12543bee39f07e9d312cf3281ca95df1e5b721a296b893e2bf3a331f03'),
	(30, '\x01005253819b01000001019ab090bddf794d84c87467249a55960c6f666665722e6163636570740541522d303203503031', '\x0101019b785deca073c1968fdfe69f348d0b010000', '\x023fd9222823573cb1df3235a9aa5ba76c37950391d35b328dfd799847d50bb3'),
	(31, '\x016073ac979b01000001019ab090bddf794d84c87467249a55960b636f6e746163742e656e64044e2d303603503031', '\x0101019b785deca073c1968fdfe69f348d0b01096e6578745f737465700169cfac9ddc161c47315660b128be563348bbd351d630814216a8642c5862824b', '\x5ef897ac51c5d047f913a27e5c54f4f9c4702b41419b59d32dd310eb6bd305e7'),
	(32, '\x01401106cf9b010000020e636f6e746163742e637265617465044e2d313403503138', '\x0101019bcf0611407f1ebc3d2fbceb897fa1000377656201eba45d0f4e9ea60d429636310b2de9ddf12cc66f621797c46455b47a5b45800f', '\x67fafba5270a781d5361ae3a98b68abd0efa43f6ebf59730c5a0316af0204b3c'),
	(33, '\x01401106cf9b010000020b7461736b2e637265617465044e2d313403503138', '\x0101019bcf0611407f1ebc3d2fbceb897fa1010963616c6c5f6261636b00', '\x153085cebfcc12d0b772d3cf0e39c56384e79ac24ac1742b16037e24703ec254'),
	(34, '\x018006e9d49b01000001019ab090bddf710f9fe085ed7a9894570c636f6e746163742e74616b65044e2d303203503031', '\x0101019bcf0611407f1ebc3d2fbceb897fa1010000', '\x0c5b1063e3f45932d72c7e6b72017aa4a8253c51cc57b8ebfca5b320a0a9de9b'),
	(35, '\x0140dbead49b01000001019ab090bddf72cd961c1c95dd2dd80b0d6164766963652e637265617465044e2d313803503038', '\x0101019bd4eadb407ac188a2fb370056b11f000001c79ed0b4d8eaf60048755f4a70c222038d13296f4defb597b54f20683b820132', '\x37b05656da41bd98f7f8c44af3c8a29dcfe09986692fa79e4f2b744c78f26cff'),
	(36, '\x01c02afdd49b01000001019ab090bddf710f9fe085ed7a9894570d636f6e746163742e6a756467650546442d303903503031', '\x0101019bcf0611407f1ebc3d2fbceb897fa10205746f6461790120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x0c2cc018260e12d7eedddba2c5959be96eeb0b2c953debaf9da0d5136d517c30'),
	(37, '\x01c0076bd59b01000001019ab090bddf710f9fe085ed7a9894570b7461736b2e66696e697368044e2d323003503031', '\x0101019bcf0611407f1ebc3d2fbceb897fa10100014288f4a14eac41a1d8d521d42a50ecc06301ea12a91c71dea3f1fde4066c4d6e', '\x83548fa4d133ca66c2290938dbe5169cb36d38e6dd9111ff014a3f62d12dc85b'),
	(38, '\x01c0076bd59b01000001019ab090bddf710f9fe085ed7a9894570f636f6e746163742e617474656d70740546442d303903503031', '\x0101019bcf0611407f1ebc3d2fbceb897fa1010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\x1c90477d0b47743a8a83bf8b0d1574c35073fc030f1a301111318a0135c6eb96'),
	(39, '\x01e04b1fdb9b01000001019ab090bddf710f9fe085ed7a9894570b636f6e746163742e656e640546442d303903503031', '\x0101019bcf0611407f1ebc3d2fbceb897fa101096e6578745f73746570015d0ad9bb42a31e179d31ac55ad738d0c2f1800705d1753d3db77fd2684b98e22', '\xe93ed9ada2744c13bbaa7e76f6f1686b6037c13f35195ec39f2ad27e93f8dd41'),
	(40, '\x0140b281759c01000001019ab090bddf7e49bdb9f548ee68f9f40e636f6e746163742e637265617465054f572d323803503031', '\x0101019c7581b2407b8dba5400ff84696e46000570686f6e6501a2dcc913e3ad9fc3cfae81a8967e6996721361124dd098b80d1ce9444e3d4bd7', '\x5256416fd775dcee39056e4097b6bb4d546a83cb3ae612aae4efbdf5ae36c4f3'),
	(41, '\x0100da8a759c01000001019ab090bddf7e49bdb9f548ee68f9f40d636f6e746163742e6a75646765044e2d303603503031', '\x0101019c7581b2407b8dba5400ff84696e4601047765656b0120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\xdc8ee27f25220ad595511ab293eb41c0785f7c584c153a60e58691e42fce935c'),
	(42, '\x01402e14769c01000001019ab090bddf7e49bdb9f548ee68f9f40f636f6e746163742e617474656d7074044e2d303603503031', '\x0101019c7581b2407b8dba5400ff84696e46010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\x95ab4449ace31a6c8adeceb5bcff3fc7ca2794ba081db00107d663ec8296160e'),
	(43, '\x0180ac65939c01000001019ab090bddf7e49bdb9f548ee68f9f40b636f6e746163742e656e64044e2d303603503031', '\x0101019c7581b2407b8dba5400ff84696e4601096e6578745f7374657001240e9751881dff50b31e1e9cab2b534c640b2850853598fe89db0913151cb02e', '\x56197ffa40934052378857d81b271c0313b7efe9668f545a09d5f7e68cd57017'),
	(44, '\x0120fee64c9d01000001019ab090bddf7d34ad2baa82106c72d20e636f6e746163742e6372656174650546442d303303503031', '\x0101019d4ce6fe2072afaa72c501c03c6d98000570686f6e6501e4da6a2f8f6e50cf537892e868d7655577b377c41e20f366cf372e6dfd3b512d', '\x8cb53f5dc47f3ad3f98923498774c2c217ff998bd6b25bfd047263717fd7c7cb'),
	(45, '\x01c066ed4c9d01000001019ab090bddf7d34ad2baa82106c72d20d636f6e746163742e6a756467650546442d303903503031', '\x0101019d4ce6fe2072afaa72c501c03c6d9801046e6f6e650120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x5f89722d67a05c9c867d269d6bdaeb27f310d9f989ece4dbb1596b5ca2673dfa'),
	(46, '\x01000e7e4d9d01000001019ab090bddf7d34ad2baa82106c72d20f636f6e746163742e617474656d70740546442d303903503031', '\x0101019d4ce6fe2072afaa72c501c03c6d98010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\xe3ff37765cebeef4ba2795e14d377ea20cf378ce3fab44686f7083942d6f9b17'),
	(47, '\x01e00d58669d01000001019ab090bddf7d34ad2baa82106c72d20b636f6e746163742e656e640546442d303903503031', '\x0101019d4ce6fe2072afaa72c501c03c6d9801096e6578745f73746570011b59eb9cbef0187abf773c003745c5ecafee4e6134db8c9b9b0375f0bba770de', '\xd2e9242a5151bbee0e5673f006e6c37e36a81928ab1039fee9a0b0df9c550c39'),
	(95, '\x01e0baf99aa101000001019ab090bddf7d34ad2baa82106c72d20c636f6e746163742e74616b65044e2d303203503031', '\x010101a195e4c4007322b0a35f87bc265356010000', '\x4f4c0019bb6305f1f4dce5b457142486c2839533425f5a4e7e438d434762993a'),
	(48, '\x0180980c4a9e01000001019ab090bddf710f9fe085ed7a9894570e636f6e746163742e6372656174650546442d303303503031', '\x0101019e4a0c98807d7eb5a488e8241fbeeb000576697369740102bfeec45c9317cde0b0124b4ddc18784a08e32ba93b29ff32acdeae0113db24', '\x38456ffdeb71242e30ad5d3e8f266451bc77d3fccf069ae661b1d1227c1a8038'),
	(49, '\x0180980c4a9e01000001019ab090bddf76f297da6870339394780d6164766963652e637265617465044e2d313803503038', '\x0101019e4a0c988073efb3c27970aea0568700000170c056763295413d054d2bbe8699e2c87d6137e08afd8703892b601bca987b04', '\x52d2c64ff4fa22fb59a064cf2be24a00852986f83d080710f710d5f0f87569a7');
INSERT INTO county_15.log_entry VALUES
	(50, '\x01c0bc204a9e01000001019ab090bddf710f9fe085ed7a9894570d636f6e746163742e6a756467650546442d303903503031', '\x0101019e4a0c98807d7eb5a488e8241fbeeb02046e6f6e650120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x831743817d14f399cd06dcd39bbdac318d7190011bc1bdedf82291a11ff098a8'),
	(51, '\x0120de804a9e01000001019ab090bddf710f9fe085ed7a9894570f636f6e746163742e617474656d70740546442d303903503031', '\x0101019e4a0c98807d7eb5a488e8241fbeeb010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\xa1265cfbe8c35e59540f946040aa02237edc2c93e3ebfc34648bc695450eadba'),
	(52, '\x01e085334e9e01000001019ab090bddf710f9fe085ed7a9894570b636f6e746163742e656e640546442d303903503031', '\x0101019e4a0c98807d7eb5a488e8241fbeeb01096e6578745f737465700169cfac9ddc161c47315660b128be563348bbd351d630814216a8642c5862824b', '\xad7495e31a5858eaf6a7139774fd6266e77dd4a27291aa04009cf7a59dbd1898'),
	(53, '\x0140d6bd5e9e010000020e636f6e746163742e637265617465044e2d313403503138', '\x0101019e5ebdd6407ad3a840537ef8ecab74000377656201d127bcbe7f79b82c0ceb7b30716eb281a0bff9bdd1c016552685cc274abeb96f', '\xaf6e6308198b4094c26b6927f353c3e2a30f1f68bed4a71b373295706510d58b'),
	(54, '\x0140d6bd5e9e010000020b7461736b2e637265617465044e2d313403503138', '\x0101019e5ebdd6407ad3a840537ef8ecab74010963616c6c5f6261636b00', '\x9b3f4fdcfa51214806d417eca318a05a4a1839803837ecb6bdf67d6be96405cd'),
	(55, '\x012063d85e9e01000001019ab090bddf7d34ad2baa82106c72d20c636f6e746163742e74616b65044e2d303203503031', '\x0101019e5ebdd6407ad3a840537ef8ecab74010000', '\xb844c0e3849cc44e9eeb1d38cfb726d0c15e582e21ea70d51c60b06bc3d09315'),
	(56, '\x0140c8e95e9e01000001019ab090bddf7d34ad2baa82106c72d20d636f6e746163742e6a756467650546442d303903503031', '\x0101019e5ebdd6407ad3a840537ef8ecab7401046e6f6e650120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x3c88ec1155040d6731e0ff9179360377c6d82f8dda1ee2d0d795474e9a9568ed'),
	(57, '\x0160f2d7629e01000001019ab090bddf7d34ad2baa82106c72d20b7461736b2e66696e697368044e2d323003503031', '\x0101019e5ebdd6407ad3a840537ef8ecab740100014288f4a14eac41a1d8d521d42a50ecc06301ea12a91c71dea3f1fde4066c4d6e', '\xf9b9dff8577c01d5dee2880191a377cc1934c84d189aac75c36d651aa818664f'),
	(58, '\x0160f2d7629e01000001019ab090bddf7d34ad2baa82106c72d20f636f6e746163742e617474656d70740546442d303903503031', '\x0101019e5ebdd6407ad3a840537ef8ecab74010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\x6eee7ecd615761d3b010f46850dbabec56a92a1c7b4e47cb96c93f0e0151f93f'),
	(59, '\x0160acb3639e01000001019ab090bddf7d34ad2baa82106c72d20b636f6e746163742e656e640546442d303903503031', '\x0101019e5ebdd6407ad3a840537ef8ecab7401096e6578745f737465700169cfac9ddc161c47315660b128be563348bbd351d630814216a8642c5862824b', '\x64ecf619641d32d1b36cad51452f2fd98ebd1dcace863c6160daa1dba18a05d4'),
	(60, '\x0120d9158ba0010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a08b15d920746a82085edfa91354e4000377656201edf70090db4bf437bc721758c4305ae086a16d5ea36b5ea300fdacbb466bea77', '\x8c7e55687dd79f613a3a16e0e7412a95f976a673f7a416d10ed06cc8bb806d83'),
	(61, '\x0120d9158ba0010000020b7461736b2e637265617465044e2d313403503138', '\x010101a08b15d920746a82085edfa91354e4010963616c6c5f6261636b00', '\x4bb03c6a33cb69604d0c1305434b2b420e16306dd4f8e7ec20572626c46ca3c6'),
	(62, '\x0120d9158ba001000001019ab090bddf7d34ad2baa82106c72d20d6164766963652e637265617465044e2d313803503038', '\x010101a08b15d9207985b2af4c3fdfb024ab000001936ce464dca7a2ab2f098e0fc2467c1b7d226c909fc1cc2b6bd43fce188991f7', '\x6483015378ce6bdd0a6edbf65a02d6fe4be8de538c8285ffefd310ef3a2facab'),
	(63, '\x01a0400c8fa001000001019ab090bddf76f297da6870339394780c636f6e746163742e74616b65044e2d303203503031', '\x010101a08b15d920746a82085edfa91354e4020000', '\x9f3a95212e4377e8f9afeeb602b95429212542349671211f4616aab9839d453e'),
	(64, '\x01c0ff0e8fa001000001019ab090bddf76f297da6870339394780d636f6e746163742e6a756467650546442d303903503031', '\x010101a08b15d920746a82085edfa91354e40105746f6461790120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x051aa63e9ff2366124ab001727ef5f30696f9468db75e02157a5961c9fabd480'),
	(65, '\x01a0e52990a001000001019ab090bddf76f297da6870339394780b7461736b2e66696e697368044e2d323003503031', '\x010101a08b15d920746a82085edfa91354e40100014288f4a14eac41a1d8d521d42a50ecc06301ea12a91c71dea3f1fde4066c4d6e', '\xae6f599ce943376dd0e7d8e6e45662bd0a24d47c07d1f9d57409fb1a4e91e798'),
	(66, '\x01a0e52990a001000001019ab090bddf76f297da6870339394780f636f6e746163742e617474656d70740546442d303903503031', '\x010101a08b15d920746a82085edfa91354e4010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\x4f5ebe8adc2e196014e5f9ccd7eb50f994fd924202e2a57610fed2cdfdbb5756'),
	(67, '\x0120c68c90a001000001019ab090bddf76f297da6870339394780c6f666665722e6372656174650546442d313003503031', '\x010101a08b15d920746a82085edfa91354e40100013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x746d43b96ca4d1ef12a59943dc690244ef7743fda5687febc422af7096880228'),
	(68, '\x01e096ca94a001000001019ab090bddf7b529bc3208160201c4a0c6f666665722e6163636570740541522d303203503031', '\x010101a08b15d920746a82085edfa91354e4010000', '\xa14403994bd0ffb74c59e226fad9b7619b7e0507ffdbf6ca5f47815785a85533'),
	(69, '\x018001aca8a001000001019ab090bddf7b529bc3208160201c4a0b636f6e746163742e656e64044e2d303603503031', '\x010101a08b15d920746a82085edfa91354e401096e6578745f737465700169cfac9ddc161c47315660b128be563348bbd351d630814216a8642c5862824b', '\xf76b2ea24c20d9ea210c99095fa0c52b79ec39c722deaccecde2ad3d111b24b1'),
	(70, '\x0160d7a8e6a0010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a0e6a8d7607aad9a890546551b7ec70009617574686f7269747901edf70090db4bf437bc721758c4305ae086a16d5ea36b5ea300fdacbb466bea77', '\x5360867cca758b5c0ce382a5a3632ff4a063e727f833b716adbb3443aa2ba59e'),
	(71, '\x0160d7a8e6a001000001019ab090bddf710f9fe085ed7a9894570d6164766963652e637265617465044e2d313803503038', '\x010101a0e6a8d76070eea00667b430bc4a0b000001936ce464dca7a2ab2f098e0fc2467c1b7d226c909fc1cc2b6bd43fce188991f7', '\x914cc8714d29a79205731ea79a6e262c11c56af861a8c7a0132a8767e1ac5f0a'),
	(72, '\x01e09479e7a001000001019ab090bddf710f9fe085ed7a9894570c636f6e746163742e74616b65044e2d303203503031', '\x010101a0e6a8d7607aad9a890546551b7ec7020000', '\x7ec72f29908353f95973a7a1bf472481de04a647670fb7a1e4c5e3aa7c132f50'),
	(73, '\x01206686e7a001000001019ab090bddf710f9fe085ed7a9894570d636f6e746163742e6a756467650546442d303903503031', '\x010101a0e6a8d7607aad9a890546551b7ec701046e6f6e650120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x6b3e7e937af26c67cca3cee12a99e72db58950c2293698803d8ca3e51b26fd92'),
	(74, '\x01e0c4eee7a001000001019ab090bddf710f9fe085ed7a9894570f636f6e746163742e617474656d70740546442d303903503031', '\x010101a0e6a8d7607aad9a890546551b7ec7010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\x60d58804af84a65d995d64421a5cca1fe352f04af5e390575e8c407ad6b861a2'),
	(75, '\x01c036f8f5a001000001019ab090bddf710f9fe085ed7a9894570b636f6e746163742e656e640546442d303903503031', '\x010101a0e6a8d7607aad9a890546551b7ec701096e6578745f73746570011b59eb9cbef0187abf773c003745c5ecafee4e6134db8c9b9b0375f0bba770de', '\x41024ccd4a8fbcd876f573fe88ef99b694fc206946f97bac578e4760296a33d8'),
	(76, '\x01403212f7a001000001019ab090bddf76f297da6870339394780e636f6e746163742e6372656174650546442d303303503031', '\x010101a0f71232407cfca2e6877be95f74a8000570686f6e6501a623e74f22beaca5bb057350d09135957028692f92f4edb38bbd3665ede53de0', '\x2e0865fa29b67f4553ba1ea014bd3d0bda93ec17b41fcb47b29c1c0b3511d67f'),
	(77, '\x01403212f7a001000001019ab090bddf7d34ad2baa82106c72d20d6164766963652e637265617465044e2d313803503038', '\x010101a0f7123240776da8ad5b26e3e0d5080000015b803e0adb4fc8c93a4c8763c05fb6dfbd092eff88fa0d447a06d77be959570d', '\xa7b67b5bfc8620af2abe6e4c5e72b6d621e50083332f1381fed315d7e926318f'),
	(78, '\x0180b017f7a001000001019ab090bddf76f297da6870339394780d636f6e746163742e6a756467650546442d303903503031', '\x010101a0f71232407cfca2e6877be95f74a80205746f6461790120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x7a0365ea56b55f6ee02350209cc90adb3ed474c563e6d4e6c095fadfb1b6bbb5'),
	(79, '\x01a0da05fba001000001019ab090bddf76f297da6870339394780f636f6e746163742e617474656d70740546442d303903503031', '\x010101a0f71232407cfca2e6877be95f74a8010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\xd633b99fe3d73b666b3119f7e52f2cc354c304f4311eb6968be6e909389727ce'),
	(80, '\x01a0285800a1010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a1005828a072599363ca3f2ef2309d000377656201194f43c88b45d25040bca67d84dda29937c8aa06ce52dba5d21b07e38b72f22a', '\x05c0c0d40545ab31ebbe6875cc2e46ecffd100a89a7ca538156307f045daf170'),
	(81, '\x01a09b710aa101000001019ab090bddf710f9fe085ed7a9894570c636f6e746163742e74616b65044e2d303203503031', '\x010101a1005828a072599363ca3f2ef2309d010000', '\xc9ddab5aee153c84b36fbe98efb8305209535dcc1586bfda008d354fcc8ee380'),
	(82, '\x0120987c0aa101000001019ab090bddf76f297da6870339394780b636f6e746163742e656e640546442d303903503031', '\x010101a0f71232407cfca2e6877be95f74a803096e6578745f7374657001240e9751881dff50b31e1e9cab2b534c640b2850853598fe89db0913151cb02e', '\x374b4a7dd0f11aa5c4a099691a891da3b028839b0c4b729b234376e02de75e8f'),
	(83, '\x01c000830aa101000001019ab090bddf710f9fe085ed7a9894570d636f6e746163742e6a756467650546442d303903503031', '\x010101a1005828a072599363ca3f2ef2309d02047765656b0120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\x423981e09c1b454032b798101b968513569a16f6931a88d101d7041c0c62fe4d'),
	(84, '\x0100cba50aa101000001019ab090bddf710f9fe085ed7a9894570e6d6573736167652e6372656174650546442d313503503031', '\x010101a1005828a072599363ca3f2ef2309d01000175f73fe6c4cae0613bb511e2092f7eb040eccdbf18b917ac8d9636bbcbc3a6d7', '\xafc2599eadc3d6bc400e0d5a40a808336d78afb8389eaddf958cfffda44ed0db'),
	(85, '\x0180703816a101000001019ab090bddf710f9fe085ed7a9894570b636f6e746163742e656e640546442d303903503031', '\x010101a1005828a072599363ca3f2ef2309d01096e6578745f73746570010a541424f4b18671776828153c0a665d91a069704d6d02629d31d475a6a63f2c', '\xd0bb3737a04c2e74b0dfe3634862e1a6eeaf1727d26aaa993dea3f0c77e19f09'),
	(86, '\x01602aee2fa101000001019ab090bddf7d34ad2baa82106c72d20e636f6e746163742e6372656174650546442d303303503031', '\x010101a12fee2a60781ca0b6e13d30960eb7000570686f6e65014713d2d0b8373f8a44b57ea7268685ddf88ca0849643cde37ac8ae6a7ae35435', '\x886ef7f134defc704d81a4e209126bb64a23d2c503c756e62a89ba097bd31c4a'),
	(87, '\x01602aee2fa101000001019ab090bddf710f9fe085ed7a9894570d6164766963652e637265617465044e2d313803503038', '\x010101a12fee2a607ad3b2c634d6be7ffa9c00000117511fc34250c62b762fe4ff6677a9d12f6fa9b477c8fea98fb408c8ee0e1f5e', '\x64a7e04bbdf5410f657c4d144569efc28b51469f60dc7d686f21343a0a003d89'),
	(88, '\x0140640130a101000001019ab090bddf7d34ad2baa82106c72d20d636f6e746163742e6a756467650546442d303903503031', '\x010101a12fee2a60781ca0b6e13d30960eb70205746f6461790120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\xc7f9c5aee8d30660aa7bacbee1743d327cc9e477aac43ccbcd3f42f04b68ca04'),
	(89, '\x01a0c0d733a101000001019ab090bddf7d34ad2baa82106c72d20f636f6e746163742e617474656d70740546442d303903503031', '\x010101a12fee2a60781ca0b6e13d30960eb7010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\x9558997e203c7b759576c2f1399e96ced9fa32a3e492340da8b5b3d19c6c110e'),
	(90, '\x01c0af4f34a101000001019ab090bddf7d34ad2baa82106c72d20c6f666665722e6372656174650546442d313003503031', '\x010101a12fee2a60781ca0b6e13d30960eb70100013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\xd88f6cd124447635492bf433e2a4beb4863073707328e4c7987740dea68d4b4b'),
	(91, '\x0140a98737a101000001019ab090bddf7e49bdb9f548ee68f9f40c6f666665722e6163636570740541522d303203503031', '\x010101a12fee2a60781ca0b6e13d30960eb7010000', '\x41c33cb4cfbea812377b35b27fbb1a9d1843c4d13b7e745a4748253fdb791fb8'),
	(92, '\x0180dd9d52a101000001019ab090bddf7e49bdb9f548ee68f9f40b636f6e746163742e656e64044e2d303603503031', '\x010101a12fee2a60781ca0b6e13d30960eb701096e6578745f73746570010a541424f4b18671776828153c0a665d91a069704d6d02629d31d475a6a63f2c', '\x29664a15afe91b194014591c59958144a9240bb1e59dd1f6b7242b19fbdc49f2'),
	(93, '\x0100c4e495a1010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a195e4c4007322b0a35f87bc265356000377656201faf988314f9a8936c41a697b50b03143176ad11428fea08603c93fdb72243fe5', '\x6a0da4b198a94fdfdf14b5bf0df9f3bddc7fa4c7afd725ad4dda60620a3c16d6'),
	(94, '\x0100c4e495a1010000020b7461736b2e637265617465044e2d313403503138', '\x010101a195e4c4007322b0a35f87bc265356010963616c6c5f6261636b00', '\xc9b4028a3426c8b595fe5057f2767001ba97b27cb223a2d1f832f8c513111225'),
	(96, '\x0100200b9ba101000001019ab090bddf7d34ad2baa82106c72d20d636f6e746163742e6a756467650546442d303903503031', '\x010101a195e4c4007322b0a35f87bc26535601046e6f6e650120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\xbba9f58012c5344905819657cc4288b8af114a9081ea20cfd070b0994b2b03c8'),
	(97, '\x01000b4d9ba101000001019ab090bddf7d34ad2baa82106c72d20f636f6e746163742e617474656d70740546442d303903503031', '\x010101a195e4c4007322b0a35f87bc265356010463616c6c01a8125777d449c74f653f3e4c34b8ca332f5d22566a92fba1e630bea0dc54f924', '\xa7bb29e23515eb2f9ec5d0ee344a3ade3bfcfdedfa5855daeec0bdd76fc2538c'),
	(98, '\x01006773a0a101000001019ab090bddf7d34ad2baa82106c72d20f636f6e746163742e617474656d70740546442d303903503031', '\x010101a195e4c4007322b0a35f87bc26535601047465787401a8125777d449c74f653f3e4c34b8ca332f5d22566a92fba1e630bea0dc54f924', '\xfb4a9778bfffb7420628d157b95f836c162fcc2497efc6d4fcf21c74651cbe38'),
	(99, '\x01004487afa101000001019ab090bddf7d34ad2baa82106c72d20f636f6e746163742e617474656d70740546442d303903503031', '\x010101a195e4c4007322b0a35f87bc26535601066c657474657201a8125777d449c74f653f3e4c34b8ca332f5d22566a92fba1e630bea0dc54f924', '\x8bf6b11d5f4778f1116488f244920c0d35dd237de8537bb9ea121aa7f8e4a44d'),
	(100, '\x0120c44fb0a1010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a1b04fc42071c3a935cd2c20a526b2000377656201edf70090db4bf437bc721758c4305ae086a16d5ea36b5ea300fdacbb466bea77', '\x53cc0fa39e2a2fddf454876ec8345aabd4a7fc8f6c589c054db74dc617194818');
INSERT INTO county_15.log_entry VALUES
	(101, '\x0120c44fb0a1010000020b7461736b2e637265617465044e2d313403503138', '\x010101a1b04fc42071c3a935cd2c20a526b2010963616c6c5f6261636b00', '\xd00008467efa9003318d27e0a044ad8f3966135b8f0c4628312d14d0984931ed'),
	(102, '\x0160d3a5b0a101000001019ab090bddf7d34ad2baa82106c72d20c636f6e746163742e74616b65044e2d303203503031', '\x010101a1b04fc42071c3a935cd2c20a526b2010000', '\x0d22925c8bc4669743ed5fb8abcf655ed11c33541d7771e6b15c38ae7de267d8'),
	(103, '\x01008fb3b0a101000001019ab090bddf7d34ad2baa82106c72d20d636f6e746163742e6a756467650546442d303903503031', '\x010101a1b04fc42071c3a935cd2c20a526b201047765656b0120d58be4067825d75c0a2ca99e4a6d40c7697b954f979235825bb90cef8d8295', '\xaac46e92c0695c49059021e894e4371944f257bd6b85dff65af885056fcd3bf0'),
	(104, '\x01df29dcb5a1010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a1b5dc29df71d089811fa628c007aa0003776562015debc2c844430152b50dd0c54230f8f75afe8d7d971910b4af38419c478af6ac', '\xb3f5db0abfaca7e5717a040935850dfa5e61f52529def62c0a76505c49eeac02'),
	(105, '\x01df29dcb5a1010000020b7461736b2e637265617465044e2d313403503138', '\x010101a1b5dc29df71d089811fa628c007aa010963616c6c5f6261636b00', '\x98283c974aefde8abe4466583c9e6ec47336bec1e877e86a55f5e5487ae14cf8'),
	(106, '\x017fe5e9b5a101000001019ab090bddf72cd961c1c95dd2dd80b0c636f6e746163742e74616b65044e2d303203503031', '\x010101a1b5dc29df71d089811fa628c007aa010000', '\xa9e529012fd8f09a67a0c4c5aa8c771f82380ad2284f85b5308c861776c0e093'),
	(107, '\x01df8502bba101000001019ab090bddf72cd961c1c95dd2dd80b0f636f6e746163742e617474656d70740546442d303903503031', '\x010101a1b5dc29df71d089811fa628c007aa010463616c6c01a8125777d449c74f653f3e4c34b8ca332f5d22566a92fba1e630bea0dc54f924', '\x55189b6c0760af8df1b6b6ff4139bcf18e13e4816c655985be58d36df425a13b'),
	(108, '\x01005110bfa101000001019ab090bddf7d34ad2baa82106c72d20b7461736b2e66696e697368044e2d323003503031', '\x010101a1b04fc42071c3a935cd2c20a526b20500014288f4a14eac41a1d8d521d42a50ecc06301ea12a91c71dea3f1fde4066c4d6e', '\x9fd4060526d096ea4a568fbf6e3c860a1dfe1485fd891f1c72fbd0c7424c54a3'),
	(109, '\x01005110bfa101000001019ab090bddf7d34ad2baa82106c72d20f636f6e746163742e617474656d70740546442d303903503031', '\x010101a1b04fc42071c3a935cd2c20a526b2010463616c6c01cfe4f9d707f4f3f42402bab5b970e73918b79d79134d2a432ca5b5c14eaba4e6', '\xf9aaf602add6c16f3a4617746efc74b1f5ff45bf21e985049c644111dc7e84f2'),
	(110, '\x01e006b6bfa101000001019ab090bddf7d34ad2baa82106c72d20c6f666665722e6372656174650546442d313003503031', '\x010101a1b04fc42071c3a935cd2c20a526b20100013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x93409c887f6a68778edd66069550c5e6e4ca7cf8bf877fb32033fc903e9ffc46'),
	(111, '\x014089f1bfa101000001019ab090bddf72dcbb0522a78eb103260c6f666665722e6163636570740541522d303203503031', '\x010101a1b04fc42071c3a935cd2c20a526b2010000', '\x1c7e60348558f85f064db5ddc5a244df9e9eeaade10e27c78a2a50748d373722'),
	(112, '\x01dfe128c0a101000001019ab090bddf72cd961c1c95dd2dd80b0f636f6e746163742e617474656d70740546442d303903503031', '\x010101a1b5dc29df71d089811fa628c007aa05047465787401a8125777d449c74f653f3e4c34b8ca332f5d22566a92fba1e630bea0dc54f924', '\xb90bd2cbc573f2058c802b31763c60a6c6e2ef47b423241dc8520940866f9603'),
	(113, '\x01df9975caa101000001019ab090bddf72cd961c1c95dd2dd80b0f636f6e746163742e617474656d70740546442d303903503031', '\x010101a1b5dc29df71d089811fa628c007aa01066c657474657201a8125777d449c74f653f3e4c34b8ca332f5d22566a92fba1e630bea0dc54f924', '\x77e38f35609961f336ed24ca27d0307114305de1454dbe20365e1169d8725e26'),
	(114, '\x01dfade8d9a101000001019ab090bddf703ab4505217a23642310e636f6e746163742e637265617465054f572d323803503031', '\x010101a1d9e8addf7dcca1defff0fb2dc3b0000570686f6e650194d1dc53910cdbadedf9e66e4c11bd4599647b924c0ce732edc3805f9aa847a2', '\x1b3942387a7ff97ee43640a9209db9a2f88fc3900cb04245aff2757f23bc330d'),
	(115, '\x0120941fe3a101000001019ab090bddf72dcbb0522a78eb103260b636f6e746163742e656e64044e2d303603503031', '\x010101a1b04fc42071c3a935cd2c20a526b204096e6578745f7374657001240e9751881dff50b31e1e9cab2b534c640b2850853598fe89db0913151cb02e', '\x0b137c72c9fa99aa97be76c51ae1f4f4881e70f7856dfac90184d82151724737'),
	(116, '\x01e06821e3a101000001019ab090bddf7d34ad2baa82106c72d20b636f6e746163742e656e640546442d303903503031', '\x010101a195e4c4007322b0a35f87bc265356110b6e6f745f7265616368656401eb69b5b7495940f0e1e10b36cc5b3c862c42ea73aa83ef226fe6eafd26736bce', '\x8649725ab08e2124bf0b3f75911f5e5db50fd50d485d690133f4c0564395b3bd'),
	(117, '\x01401943eda101000001019ab090bddf7550b5ab07935b87501f0b656e64696e672e7365656e044e2d313203503039', '\x010101a195e4c4007322b0a35f87bc265356010000', '\x9795799934a95ed20be535458209d2327f45b98be554cd9a6a2ff6e6802e2360'),
	(118, '\x01df1d82eea101000001019ab090bddf72cd961c1c95dd2dd80b0e636f6e746163742e6372656174650546442d303303503031', '\x010101a1ee821ddf7949bf2e50d1095e5fe300057669736974018a2c2edf1a490dfacf2a7c912c57ddc69f913e93485d1e50a48e021ae1830e17', '\x53cfce43e561ccf38d020f643d60327812263c9bb9c932fb443882cdb95a7a6a'),
	(119, '\x01df1d82eea1010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a1ee821ddf7604a0bc0c9da12212b00003776562016bcaa438959bf73703cc76e16a896d731cfee98bc0d5f8084a3fdbd977108603', '\x2b7403b456f83ae1632f9a54f39487e93a36b637caf9fe1dc4fe7fd9e8c02b26'),
	(120, '\x01df1d82eea1010000020b7461736b2e637265617465044e2d313403503138', '\x010101a1ee821ddf7604a0bc0c9da12212b0010963616c6c5f6261636b00', '\x638b4b7869f28b41bcab59da13def500aa2da4af60e0b55d55459e977b7e4168'),
	(121, '\x017fd98feea101000001019ab090bddf7f988d8cdcaec03644df0c636f6e746163742e74616b65044e2d303503503031', '\x010101a1ee821ddf7604a0bc0c9da12212b0010000', '\x7645c7d3e79e057643bc8d40423087a6c67ce4f3c2e7f040e5abfa6d1a9403f6'),
	(122, '\x015f0cb9eea101000001019ab090bddf72cd961c1c95dd2dd80b0c6f666665722e6372656174650546442d313003503031', '\x010101a1ee821ddf7949bf2e50d1095e5fe30400013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x9e2b343207bcc47d0d2950a0eb39d44eb9a0f1f37b7f05b5d1d491fcdb1b27ba'),
	(123, '\x01bf52e0f3a101000003106f666665722e756e616e737765726564044e2d323203503231', '\x010101a1ee821ddf7949bf2e50d1095e5fe3010000', '\x5bfcc4609bc42528ab87228960210890a53c998f3e5a6b1aa1b36c4b8e43439a'),
	(124, '\x01df31f5fda101000001019ab090bddf72cd961c1c95dd2dd80b0e636f6e746163742e6372656174650546442d303303503031', '\x010101a1fdf531df7ceeb45dcf5fc58362a6000570686f6e650157efa42211d1373c8fa549b0ec61cc68268a653a5079e7bf5fd526776f9791e4', '\x2808884c48c0da54878470413b4924a86a82282db3a4b784577aad7320432074'),
	(125, '\x01df31f5fda101000001019ab090bddf72cd961c1c95dd2dd80b0b636f6e746163742e656e640546442d303903503031', '\x010101a1b5dc29df71d089811fa628c007aa0c0b6e6f745f7265616368656401eb69b5b7495940f0e1e10b36cc5b3c862c42ea73aa83ef226fe6eafd26736bce', '\x90ba69bfdd8d355b1cec33cedfac91e1c8e8f29dced5b2067721b32f25e99353'),
	(126, '\x015f202cfea101000001019ab090bddf72cd961c1c95dd2dd80b0c6f666665722e6372656174650546442d313003503031', '\x010101a1fdf531df7ceeb45dcf5fc58362a60200013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x3141187747e736c74c6dc440707ea49dc155f010f039cc9febc1b0ba7e3a0f1f'),
	(127, '\x01dfd33f02a201000001019ab090bddf7ca08223b97381201b280c6f666665722e7265667573650541522d303203503031', '\x010101a1fdf531df7ceeb45dcf5fc58362a6010001b4c59be6a051629396581553afc18da9014d70f60a2db920d9213dbc7a946696', '\x25d09de574c96005bc3ddf6d340187df8af2cf5fda194aee4bbd4f2cf5ee64b0'),
	(128, '\x01dfb0ad02a201000001019ab090bddf7e49bdb9f548ee68f9f40e636f6e746163742e637265617465054f572d323803503031', '\x010101a202adb0df7c23912f5662a0c6d173000570686f6e6501431bf76bc4749070e9f5ddb9a3110d7dbaae5cfb210417ac7e6d442296b709cd', '\x2e8c844a84c67739e36d70c9b028b08d6274525d4fe419b0a0fe76df21c084f9'),
	(129, '\x01df47f703a2010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a203f747df7631b2d950095566ce4a0009617574686f72697479010cfe08d900a2b0606878293a1efb1db407239b7a348fc9ba268efc3e3938657f', '\xae1cca348df35573b460299b97e29d842b73891e001b5d73c1d09f442942464d'),
	(130, '\x015f64c106a201000001019ab090bddf72cd961c1c95dd2dd80b0e636f6e746163742e6372656174650546442d303303503031', '\x010101a206c1645f72c8ad6fa72baed0ab5e000570686f6e6501a7411f0d6f7dcdc3aa324f77f53bca414bd5fae4eb031b7a46f39291219688e5', '\x25236f1d68793526814529608e93ca426cf5bef2f7314914d0e08c0e84e62ff7'),
	(131, '\x013f97ea06a201000001019ab090bddf72cd961c1c95dd2dd80b0c6f666665722e6372656174650546442d313003503031', '\x010101a206c1645f72c8ad6fa72baed0ab5e0100013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x81aa70745e3f94da5bd0a0f78f693d5a31a776ed0c90d5f7ad9333b244be29c2'),
	(132, '\x015f412f07a201000001019ab090bddf72cd961c1c95dd2dd80b0e636f6e746163742e6372656174650546442d303303503031', '\x010101a2072f415f762aa20b3397c51c06c8000570686f6e6501d9b632189d22b26920e4f8000ab5fdc3d40070a467a6d6cd89017662f42f4dcc', '\x2d3810ce566cf4fb9474e3e63c41072baece66c7b512c01fa10b6d9ee9c4d135'),
	(133, '\x01fffc3c07a2010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a2073cfcff712bbcd73a5674ae9b4100037765620170e2fb001deb7de3a9597af8e0080909af2ccbd31defa71b57653934cf6d32b0', '\xd3f4cbedb96772c0b267fe10ff68452b6eedf86c9367fc388cb4121be4b30e01'),
	(134, '\x01fffc3c07a2010000020b7461736b2e637265617465044e2d313403503138', '\x010101a2073cfcff712bbcd73a5674ae9b41010963616c6c5f6261636b00', '\xd01c8955853dcbc1e60717539fffc6851a7cbb7fdbf75d4c1219cabbb043bdaa'),
	(135, '\x013f745807a201000001019ab090bddf72cd961c1c95dd2dd80b0c6f666665722e6372656174650546442d313003503031', '\x010101a2072f415f762aa20b3397c51c06c80300013c9e023b085905e17cbb20c435df1c7a434c440d9153e9e65916b7b2a6e757c4', '\x8f247848a40d02cdd4ac3b67d81017a5abd3e216dfc93651f1243ec3f4550b61'),
	(136, '\x01ff78cf07a201000001019ab090bddf72cd961c1c95dd2dd80b0e636f6e746163742e6372656174650546442d303303503031', '\x010101a207cf78ff7c3da96e4c959d9ffa4000057669736974014ee71d30fc954cf5360f5191848c2cf860929fa38d9fe2b36d20a1df19bc2d90', '\x38c8d2f5c456f9737cc9bf224783ae40a802ce297717814d4fb9d5b291e4b4bd'),
	(137, '\x01dfabf807a2010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a207f8abdf7f11a1cec398c7de21a000037765620106c85e7c05b5650f19fec7bffbf293b5b189f62fcd05706de2e1747cbc4108cf', '\xaed4b64b66ee34b1dba99bce52239d495c94a2097ecf56984d8c565a76d1e5c9'),
	(138, '\x01dfabf807a2010000020b7461736b2e637265617465044e2d313403503138', '\x010101a207f8abdf7f11a1cec398c7de21a0010963616c6c5f6261636b00', '\xaf03c7e4561f5308b7fe9cc63340dbeba4c6677f618760743b218c60e56a7608'),
	(139, '\x017f601c08a2010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a2081c607f77e194989ac8b3074d6900037765620134c1b413be7cda69159f3a8830c844b9d016a1585038c642baf376a5c03c5b19', '\x1016cb1820dc857d6ae0607a57d4c1b20e1d99be747f09a3d96c8fd5e65246de'),
	(140, '\x017f601c08a2010000020b7461736b2e637265617465044e2d313403503138', '\x010101a2081c607f77e194989ac8b3074d69010963616c6c5f6261636b00', '\x719c2c4f7670b2884c0c7d11cd16e8f3cadb59c41e270f4f02f5b06e17d77b3e'),
	(141, '\x015fed3608a2010000020e636f6e746163742e637265617465044e2d313403503138', '\x010101a20836ed5f71ef9d3ae375cb1a99880003776562013689e61eda666565df6cd46d8bd83f7bcc8966d924b1279ab2709b503ab1f250', '\x190ba326ac09e5c16d0dcfe5b9035b7d536e103dda037bfbc8225a17d457792d');


--
-- Data for Name: log_head; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.log_head VALUES
	(0, 141, '\x190ba326ac09e5c16d0dcfe5b9035b7d536e103dda037bfbc8225a17d457792d', '\x95f55d5b272e42c77abfbe7dce08cfe7139d6318dbdcedc3edf9d666a879bb94');


--
-- Data for Name: offer; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.offer VALUES
	('\x019addf9b1807d4cb6669cdfc1058b0b', '\x019ada1cec8078c290b87f66076129d2', '\x019ab090bddf76f297da687033939478', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7ca08223b97381201b28', '\x019ab090bddf71a19a9e78f3d66a7706', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 0, 1764660720000, 1764747120000, 'accepted', 1764665880000, '\x019ab090bddf7ca08223b97381201b28', NULL, NULL, NULL),
	('\x019b2688d3e07b058e07676e3b54fb84', '\x019b214098007759936a9086eec9a157', '\x019ab090bddf7d34ad2baa82106c72d2', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7ba1b2f2accbe47f6bdb', '\x019ab090bddf75fc97c92d404308ec4e', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 0, 1765878060000, 1765964460000, 'accepted', 1765934040000, '\x019ab090bddf7ba1b2f2accbe47f6bdb', NULL, NULL, NULL),
	('\x019b7e8bf4a07d29b254e23f78d195a4', '\x019b785deca073c1968fdfe69f348d0b', '\x019ab090bddf72cd961c1c95dd2dd80b', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf794d84c87467249a5596', '\x019ab090bddf7ecbb2ae7b32f5fda045', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 0, 1767354660000, 1767621600000, 'accepted', 1767401280000, '\x019ab090bddf794d84c87467249a5596', NULL, NULL, NULL),
	('\x01a0908cc6207d53899f287a0d12b19d', '\x01a08b15d920746a82085edfa91354e4', '\x019ab090bddf76f297da687033939478', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7b529bc3208160201c4a', '\x019ab090bddf71a19a9e78f3d66a7706', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 0, 1789131540000, 1789390800000, 'accepted', 1789202700000, '\x019ab090bddf7b529bc3208160201c4a', NULL, NULL, NULL),
	('\x01a1344fafc0752e9c80f8f90de9da38', '\x01a12fee2a60781ca0b6e13d30960eb7', '\x019ab090bddf7d34ad2baa82106c72d2', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7e49bdb9f548ee68f9f4', '\x019ab090bddf71a19a9e78f3d66a7706', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 0, 1791879000000, 1791965400000, 'accepted', 1791933000000, '\x019ab090bddf7e49bdb9f548ee68f9f4', NULL, NULL, NULL),
	('\x01a1bfb606e07936a3fdabd9025e925f', '\x01a1b04fc42071c3a935cd2c20a526b2', '\x019ab090bddf7d34ad2baa82106c72d2', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf72dcbb0522a78eb10326', '\x019ab090bddf71a19a9e78f3d66a7706', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 0, 1794217740000, 1794304140000, 'accepted', 1794221640000, '\x019ab090bddf72dcbb0522a78eb10326', NULL, NULL, NULL),
	('\x01a1eeb90c5f768d80531d51227da073', '\x01a1ee821ddf7949bf2e50d1095e5fe3', '\x019ab090bddf72cd961c1c95dd2dd80b', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf75258416ab1765086185', '\x019ab090bddf71a19a9e78f3d66a7706', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 0, 1795006467167, 1795092867167, 'unanswered', 1795092927167, NULL, NULL, NULL, NULL),
	('\x01a1fe2c205f7aabaf402ebb250f01f3', '\x01a1fdf531df7ceeb45dcf5fc58362a6', '\x019ab090bddf72cd961c1c95dd2dd80b', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7ca08223b97381201b28', '\x019ab090bddf71a19a9e78f3d66a7706', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 1, 1795265667167, 1795442400000, 'refused', 1795334067167, '\x019ab090bddf7ca08223b97381201b28', 'Olen täynnä kahden viikon ajan.', 'Ehdotan kollegaa, jolla on tilaa tällä viikolla.', NULL),
	('\x01a206ea973f7274a1e6c1d9b0df138c', '\x01a206c1645f72c8ad6fa72baed0ab5e', '\x019ab090bddf72cd961c1c95dd2dd80b', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7e49bdb9f548ee68f9f4', '\x019ab090bddf71a19a9e78f3d66a7706', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 0, 1795412367167, 1795528800000, 'open', NULL, NULL, NULL, NULL, NULL),
	('\x01a20758743f7b32b0b4e4417515a21b', '\x01a2072f415f762aa20b3397c51c06c8', '\x019ab090bddf72cd961c1c95dd2dd80b', '\x019ab090bddf734eb6191cb27d8f475d', '\x019ab090bddf7ca08223b97381201b28', '\x019ab090bddf71a19a9e78f3d66a7706', 'Tarvitsee jatkossa omaa työntekijää ja palvelutarpeen arvioinnin.', 1, 1795419567167, 1795505967167, 'open', NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: refinery_schema_history; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.refinery_schema_history VALUES
	(1, 'log', '2026-11-23T11:54:27.191837801Z', '12921884032604137659'),
	(2, 'subject_heads', '2026-11-23T11:54:27.191844319Z', '17351940571618110902'),
	(3, 'jobs', '2026-11-23T11:54:27.19184495Z', '8732277859605979376'),
	(4, 'drafts_and_settings', '2026-11-23T11:54:27.191846835Z', '14870664301243041750'),
	(5, 'subject_seal', '2026-11-23T11:54:27.191847551Z', '10770932905611930313'),
	(100, 'units_and_staff', '2026-11-23T11:54:27.191848294Z', '3327905482747098527'),
	(200, 'contacts', '2026-11-23T11:54:27.191849965Z', '14074565194215457405');


--
-- Data for Name: session; Type: TABLE DATA; Schema: county_15; Owner: -
--



--
-- Data for Name: setting; Type: TABLE DATA; Schema: county_15; Owner: -
--



--
-- Data for Name: staff; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.staff VALUES
	('\x019ab090bddf7550b5ab07935b87501f', 'Hanna Rantanen', 'hanna!rantanen', 'lead', 'lead duty_holder', 'sw+office sw', '\x019ab090bddf734eb6191cb27d8f475d', '2025-11-23', NULL, '5-lead'),
	('\x019ab090bddf72cd961c1c95dd2dd80b', 'Jaana Peltola', 'jaana!peltola', 'front_door', 'front_door duty_holder', 'sc', '\x019ab090bddf734eb6191cb27d8f475d', '2025-11-23', NULL, '1-front-door'),
	('\x019ab090bddf73de97415457b1c957cd', 'Pirjo Ruotsalainen', 'pirjo!ruotsalainen', 'front_door', 'front_door duty_holder', 'sc', '\x019ab090bddf734eb6191cb27d8f475d', '2025-11-23', NULL, NULL),
	('\x019ab090bddf710f9fe085ed7a989457', 'Åsa Öhman', '{sa!}hman', 'front_door', 'front_door duty_holder', 'sc', '\x019ab090bddf734eb6191cb27d8f475d', '2025-11-23', NULL, NULL),
	('\x019ab090bddf76f297da687033939478', 'Riikka Anttila', 'riikka!anttila', 'front_door', 'front_door duty_holder', 'sc', '\x019ab090bddf734eb6191cb27d8f475d', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7d34ad2baa82106c72d2', 'Tarja Seppälä', 'tarja!sepp|l|', 'front_door', 'front_door duty_holder', 'sc', '\x019ab090bddf734eb6191cb27d8f475d', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7e49bdb9f548ee68f9f4', 'Aino Salmela', 'aino!salmela', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf71a19a9e78f3d66a7706', '2025-11-23', NULL, '4-social-worker'),
	('\x019ab090bddf7ca08223b97381201b28', 'Ville Aho', 'ville!aho', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf71a19a9e78f3d66a7706', '2025-11-23', NULL, '3-counsellor'),
	('\x019ab090bddf75258416ab1765086185', 'Mika Rinne', 'mika!rinne', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf71a19a9e78f3d66a7706', '2025-11-23', NULL, NULL),
	('\x019ab090bddf72dcbb0522a78eb10326', 'Outi Nurmi', 'outi!nurmi', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf71a19a9e78f3d66a7706', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7b529bc3208160201c4a', 'Emilia Saarinen', 'emilia!saarinen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf71a19a9e78f3d66a7706', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7f988d8cdcaec03644df', 'Nguyen Thi Lan', 'nguyen!thi!lan', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf71a19a9e78f3d66a7706', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7e2fb228c2508a36ce1e', 'Sanna Rinne', 'sanna!rinne', 'lead', 'lead duty_holder', 'sw+office sw', '\x019ab090bddf74b9b5076a9ed66badd1', '2025-11-23', NULL, NULL),
	('\x019ab090bddf700e95a66bc27c4bf497', 'Heikki Salo', 'heikki!salo', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf74b9b5076a9ed66badd1', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7532812dbcc7d1f6df46', 'Hannu Hyvönen', 'hannu!hyv}nen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf74b9b5076a9ed66badd1', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7049a296d35d2a73c725', 'Emma Lehtinen', 'emma!lehtinen', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf74b9b5076a9ed66badd1', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7fdb8566d30c719aabe6', 'Hanna Ruotsalainen', 'hanna!ruotsalainen', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf74b9b5076a9ed66badd1', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7f069f8868ebdcbe2360', 'Elina Leppänen', 'elina!lepp|nen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf74b9b5076a9ed66badd1', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7995beba4f95ee1d21bf', 'Ilkka Pulkkinen', 'ilkka!pulkkinen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf74b9b5076a9ed66badd1', '2025-11-23', NULL, NULL),
	('\x019ab090bddf730b90078f2fa5c24d2b', 'Emilia Turunen', 'emilia!turunen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf74b9b5076a9ed66badd1', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7ad4a0904ecc8a3aa9cf', 'Ida Järvinen', 'ida!j|rvinen', 'lead', 'lead duty_holder', 'sw+office sw', '\x019ab090bddf75fc97c92d404308ec4e', '2025-11-23', NULL, NULL),
	('\x019ab090bddf75f6becbe7d298558363', 'Lauri Pulkkinen', 'lauri!pulkkinen', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf75fc97c92d404308ec4e', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7086ba79e5b7eb90faf5', 'Nguyen Thi Lan', 'nguyen!thi!lan', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf75fc97c92d404308ec4e', '2025-11-23', NULL, NULL),
	('\x019ab090bddf75d4b1f0b70f29674355', 'Emilia Halonen', 'emilia!halonen', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf75fc97c92d404308ec4e', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7579a476878b5bd9418d', 'Janne Oksanen', 'janne!oksanen', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf75fc97c92d404308ec4e', '2025-11-23', NULL, NULL),
	('\x019ab090bddf72558666e9a764624a1c', 'Päivi Anttila', 'p|ivi!anttila', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf75fc97c92d404308ec4e', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7aaaac83ffe66951e4d7', 'Ida Halonen', 'ida!halonen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf75fc97c92d404308ec4e', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7ba1b2f2accbe47f6bdb', 'Tapio Uusitalo', 'tapio!uusitalo', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf75fc97c92d404308ec4e', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7f4a88e3c17104170136', 'Emma Manninen', 'emma!manninen', 'lead', 'lead duty_holder', 'sw+office sw', '\x019ab090bddf7ecbb2ae7b32f5fda045', '2025-11-23', NULL, NULL),
	('\x019ab090bddf70bd9848bf795301899b', 'Liisa Puttonen', 'liisa!puttonen', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf7ecbb2ae7b32f5fda045', '2025-11-23', NULL, NULL),
	('\x019ab090bddf723998718ac7c5ad8dc8', 'Jean-Paul Nzeyimana', 'jean!paul!nzeyimana', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf7ecbb2ae7b32f5fda045', '2025-11-23', NULL, NULL),
	('\x019ab090bddf794d84c87467249a5596', 'Pirjo Lehtinen', 'pirjo!lehtinen', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf7ecbb2ae7b32f5fda045', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7cf3b44fc10e62c31a47', 'Kari Tikkanen', 'kari!tikkanen', 'social_worker', 'broad_responsibility arranging duty_holder', 'sw+office sw', '\x019ab090bddf7ecbb2ae7b32f5fda045', '2025-11-23', NULL, NULL),
	('\x019ab090bddf75edbad8c5b8ebe8d276', 'Jari Leppänen', 'jari!lepp|nen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf7ecbb2ae7b32f5fda045', '2025-11-23', NULL, NULL),
	('\x019ab090bddf74f2b8ef4bb3c91b7050', 'Sami Leppänen', 'sami!lepp|nen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf7ecbb2ae7b32f5fda045', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7dd49aa92c2839fa99da', 'Timo Huttunen', 'timo!huttunen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf7ecbb2ae7b32f5fda045', '2025-11-23', NULL, NULL),
	('\x019ab090bddf71b090fb990e9e8257bd', 'Milla Heino', 'milla!heino', 'centre', 'centre_health', 'hp', '\x019ab090bddf77179014499fa4e76f12', '2025-11-23', NULL, '2-centre'),
	('\x019ab090bddf7f1faab1f9c13b5b749d', 'Heikki Heikkinen', 'heikki!heikkinen', 'centre', 'centre_health', 'hp', '\x019ab090bddf77179014499fa4e76f12', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7b9b9af7382d511b293d', 'Kyösti Heikkinen', 'ky}sti!heikkinen', 'centre', 'centre_health', 'hp', '\x019ab090bddf73f4a9978d5c2e62a290', '2025-11-23', NULL, NULL),
	('\x019ab090bddf7b61bc6528ef6f139fc8', 'Riikka Heino', 'riikka!heino', 'centre', 'centre_health', 'hp', '\x019ab090bddf73f4a9978d5c2e62a290', '2025-11-23', NULL, NULL),
	('\x019ab090bddf73c481f549ab1ab77f30', 'Liisa Tikkanen', 'liisa!tikkanen', 'centre', 'centre_health', 'hp', '\x019ab090bddf774e9b6bc57a18e66683', '2025-11-23', NULL, NULL),
	('\x019ab090bddf73b0b684548b97d8b8d8', 'Tuula Väisänen', 'tuula!v|is|nen', 'centre', 'centre_health', 'hp', '\x019ab090bddf774e9b6bc57a18e66683', '2025-11-23', NULL, NULL),
	('\x019ab090bddf727d893dafe287957c57', 'Arto Kettunen', 'arto!kettunen', 'centre', 'centre_health', 'hp', '\x019ab090bddf7e4eb81162922da9713f', '2025-11-23', NULL, NULL),
	('\x019ab090bddf75b091e801e4930487b8', 'Katri Turunen', 'katri!turunen', 'centre', 'centre_health', 'hp', '\x019ab090bddf7e4eb81162922da9713f', '2025-11-23', NULL, NULL),
	('\x019ab090bddf703ab4505217a2364231', 'Aino Pulkkinen', 'aino!pulkkinen', 'counsellor', 'broad_responsibility arranging carrying_out duty_holder', 'sc', '\x019ab090bddf71a19a9e78f3d66a7706', '2025-11-23', '2026-11-22', NULL);


--
-- Data for Name: subject_head; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.subject_head VALUES
	('\x01a12fee2a607ad3b2c634d6be7ffa9c', 0, 87),
	('\x019b214098007759936a9086eec9a157', 0, 17),
	('\x01a08b15d920746a82085edfa91354e4', 0, 69),
	('\x019d4ce6fe2072afaa72c501c03c6d98', 0, 47),
	('\x01a203f747df7631b2d950095566ce4a', 0, 129),
	('\x01a202adb0df7c23912f5662a0c6d173', 0, 128),
	('\x019bcf0611407f1ebc3d2fbceb897fa1', 0, 39),
	('\x01a0f71232407cfca2e6877be95f74a8', 0, 82),
	('\x01a206c1645f72c8ad6fa72baed0ab5e', 0, 131),
	('\x01a2073cfcff712bbcd73a5674ae9b41', 0, 134),
	('\x01a2081c607f77e194989ac8b3074d69', 0, 140),
	('\x01a1b5dc29df71d089811fa628c007aa', 0, 125),
	('\x019c7581b2407b8dba5400ff84696e46', 0, 43),
	('\x01a1ee821ddf7949bf2e50d1095e5fe3', 0, 123),
	('\x01a20836ed5f71ef9d3ae375cb1a9988', 0, 141),
	('\x01a207cf78ff7c3da96e4c959d9ffa40', 0, 136),
	('\x019bd4eadb407ac188a2fb370056b11f', 0, 35),
	('\x019ada1cec8078c290b87f66076129d2', 0, 6),
	('\x01a0e6a8d76070eea00667b430bc4a0b', 0, 71),
	('\x01a207f8abdf7f11a1cec398c7de21a0', 0, 138),
	('\x01a1fdf531df7ceeb45dcf5fc58362a6', 0, 127),
	('\x019e4a0c988073efb3c27970aea05687', 0, 49),
	('\x01a08b15d9207985b2af4c3fdfb024ab', 0, 62),
	('\x01a0f7123240776da8ad5b26e3e0d508', 0, 77),
	('\x01a1b04fc42071c3a935cd2c20a526b2', 0, 115),
	('\x01a2072f415f762aa20b3397c51c06c8', 0, 135),
	('\x01a12fee2a60781ca0b6e13d30960eb7', 0, 92),
	('\x01a1ee821ddf7604a0bc0c9da12212b0', 0, 121),
	('\x019e4a0c98807d7eb5a488e8241fbeeb', 0, 52),
	('\x01a0e6a8d7607aad9a890546551b7ec7', 0, 75),
	('\x019b401904607359aa8e9e7b68f91056', 0, 21),
	('\x019b785deca073c1968fdfe69f348d0b', 0, 31),
	('\x019b7d5cea807c4b885b6e63bdc258fb', 0, 24),
	('\x019b44b34d007deebe35ebb23abf4a72', 0, 16),
	('\x019e5ebdd6407ad3a840537ef8ecab74', 0, 59),
	('\x01a1005828a072599363ca3f2ef2309d', 0, 85),
	('\x01a1d9e8addf7dcca1defff0fb2dc3b0', 0, 114),
	('\x01a195e4c4007322b0a35f87bc265356', 0, 117);


--
-- Data for Name: subject_mark; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.subject_mark VALUES
	(0, 141, '\x10453cf1c75767425c5590cbc67bdbb6d1ebbeaa41c3072c8ba28599e504a856');


--
-- Data for Name: task; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.task VALUES
	('\x019b40190460706d88ae6380a0479a67', '\x019b401904607359aa8e9e7b68f91056', 'call_back', '', NULL, '\x019ab090bddf734eb6191cb27d8f475d', 1766393340000, 1766306940000, 1766395560000, 1766395560000, '\x019ab090bddf73de97415457b1c957cd', 'Soitettu ja tavoitettu.', NULL),
	('\x019b785deca073399d88a3abb9bf177c', '\x019b785deca073c1968fdfe69f348d0b', 'call_back', '', NULL, '\x019ab090bddf74b9b5076a9ed66badd1', 1767337380000, 1767250980000, 1767343500000, 1767343500000, '\x019ab090bddf72cd961c1c95dd2dd80b', 'Soitettu ja tavoitettu.', NULL),
	('\x019bcf06114074f388f137b6e6b0a65f', '\x019bcf0611407f1ebc3d2fbceb897fa1', 'call_back', '', NULL, '\x019ab090bddf734eb6191cb27d8f475d', 1768831200000, 1768704840000, 1768812120000, 1768812120000, '\x019ab090bddf710f9fe085ed7a989457', 'Soitettu ja tavoitettu.', NULL),
	('\x019e5ebdd64078b98073bea88ef8ab90', '\x019e5ebdd6407ad3a840537ef8ecab74', 'call_back', '', NULL, '\x019ab090bddf734eb6191cb27d8f475d', 1779792360000, 1779705960000, 1779774780000, 1779774780000, '\x019ab090bddf7d34ad2baa82106c72d2', 'Soitettu ja tavoitettu.', NULL),
	('\x01a08b15d920718e8607713dc29f2335', '\x01a08b15d920746a82085edfa91354e4', 'call_back', '', NULL, '\x019ab090bddf734eb6191cb27d8f475d', 1789126260000, 1789039860000, 1789125060000, 1789125060000, '\x019ab090bddf76f297da687033939478', 'Soitettu ja tavoitettu.', NULL),
	('\x01a1b04fc42079f68c6adc826b4fde45', '\x01a1b04fc42071c3a935cd2c20a526b2', 'call_back', '', NULL, '\x019ab090bddf75fc97c92d404308ec4e', 1794232800000, 1793959380000, 1794206880000, 1794206880000, '\x019ab090bddf7d34ad2baa82106c72d2', 'Soitettu ja tavoitettu.', NULL),
	('\x01a195e4c4007075b181b5f1a062a98e', '\x01a195e4c4007322b0a35f87bc265356', 'call_back', '', NULL, '\x019ab090bddf71a19a9e78f3d66a7706', 1793602560000, 1793516160000, 1793516160000, 1794811980000, '\x019ab090bddf7d34ad2baa82106c72d2', 'ended', NULL),
	('\x01a1ee821ddf7a569881bb4e4029e947', '\x01a1ee821ddf7604a0bc0c9da12212b0', 'call_back', '', NULL, '\x019ab090bddf71a19a9e78f3d66a7706', 1795089267167, 1795002867167, 1795002867167, NULL, NULL, NULL, NULL),
	('\x01a1b5dc29df799ea4867a210413c2c5', '\x01a1b5dc29df71d089811fa628c007aa', 'call_back', '', NULL, '\x019ab090bddf71a19a9e78f3d66a7706', 1794232800000, 1794052467167, 1794052467167, 1795262067167, '\x019ab090bddf72cd961c1c95dd2dd80b', 'ended', NULL),
	('\x01a2073cfcff7906adb2b69ff74cc650', '\x01a2073cfcff712bbcd73a5674ae9b41', 'call_back', '', NULL, '\x019ab090bddf734eb6191cb27d8f475d', 1795504167167, 1795417767167, 1795417767167, NULL, NULL, NULL, NULL),
	('\x01a207f8abdf71cba4ec47c94e6b50f6', '\x01a207f8abdf7f11a1cec398c7de21a0', 'call_back', '', NULL, '\x019ab090bddf734eb6191cb27d8f475d', 1795516467167, 1795430067167, 1795430067167, NULL, NULL, NULL, NULL),
	('\x01a2081c607f74ddb1dd849f74bd94e9', '\x01a2081c607f77e194989ac8b3074d69', 'call_back', '', NULL, '\x019ab090bddf734eb6191cb27d8f475d', 1795518807167, 1795432407167, 1795432407167, NULL, NULL, NULL, NULL);


--
-- Data for Name: unit; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.unit VALUES
	('\x019ab090bddf734eb6191cb27d8f475d', '01', 'advice', 'Neuvonta', 'Rådgivningen', 'Advice', '014 000 0201', '\x019ab090bddf7550b5ab07935b87501f'),
	('\x019ab090bddf71a19a9e78f3d66a7706', '02', 'social_work', 'Aikuissosiaalityö, Jyväskylä', 'Vuxensocialarbete, Jyväskylä', 'Adult social work, Jyväskylä', '014 000 0202', '\x019ab090bddf7550b5ab07935b87501f'),
	('\x019ab090bddf74b9b5076a9ed66badd1', '03', 'social_work', 'Aikuissosiaalityö, pohjoinen', 'Vuxensocialarbete, norr', 'Adult social work, north', '014 000 0203', '\x019ab090bddf7e2fb228c2508a36ce1e'),
	('\x019ab090bddf75fc97c92d404308ec4e', '04', 'social_work', 'Aikuissosiaalityö, etelä', 'Vuxensocialarbete, söder', 'Adult social work, south', '014 000 0204', '\x019ab090bddf7ad4a0904ecc8a3aa9cf'),
	('\x019ab090bddf7ecbb2ae7b32f5fda045', '05', 'social_work', 'Aikuissosiaalityö, itä', 'Vuxensocialarbete, öster', 'Adult social work, east', '014 000 0205', '\x019ab090bddf7f4a88e3c17104170136'),
	('\x019ab090bddf77179014499fa4e76f12', '06', 'centre', 'Sote-keskus, Jyväskylä, keskusta', 'Social- och hälsocentralen, Jyväskylä, keskusta', 'Health and social centre, Jyväskylä, keskusta', '014 000 0206', '\x019ab090bddf7550b5ab07935b87501f'),
	('\x019ab090bddf73f4a9978d5c2e62a290', '07', 'centre', 'Sote-keskus, Äänekoski', 'Social- och hälsocentralen, Äänekoski', 'Health and social centre, Äänekoski', '014 000 0207', '\x019ab090bddf7550b5ab07935b87501f'),
	('\x019ab090bddf774e9b6bc57a18e66683', '08', 'centre', 'Sote-keskus, Jämsä', 'Social- och hälsocentralen, Jämsä', 'Health and social centre, Jämsä', '014 000 0208', '\x019ab090bddf7550b5ab07935b87501f'),
	('\x019ab090bddf7e4eb81162922da9713f', '09', 'centre', 'Sote-keskus, Laukaa', 'Social- och hälsocentralen, Laukaa', 'Health and social centre, Laukaa', '014 000 0209', '\x019ab090bddf7550b5ab07935b87501f');


--
-- Data for Name: unit_municipality; Type: TABLE DATA; Schema: county_15; Owner: -
--

INSERT INTO county_15.unit_municipality VALUES
	('179', '\x019ab090bddf71a19a9e78f3d66a7706'),
	('992', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('729', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('931', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('216', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('226', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('256', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('265', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('312', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('601', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('275', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('892', '\x019ab090bddf74b9b5076a9ed66badd1'),
	('182', '\x019ab090bddf75fc97c92d404308ec4e'),
	('249', '\x019ab090bddf75fc97c92d404308ec4e'),
	('495', '\x019ab090bddf75fc97c92d404308ec4e'),
	('592', '\x019ab090bddf75fc97c92d404308ec4e'),
	('172', '\x019ab090bddf75fc97c92d404308ec4e'),
	('435', '\x019ab090bddf75fc97c92d404308ec4e'),
	('410', '\x019ab090bddf7ecbb2ae7b32f5fda045'),
	('077', '\x019ab090bddf7ecbb2ae7b32f5fda045'),
	('500', '\x019ab090bddf7ecbb2ae7b32f5fda045'),
	('850', '\x019ab090bddf7ecbb2ae7b32f5fda045');


--
-- Name: absence absence_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.absence
    ADD CONSTRAINT absence_pkey PRIMARY KEY (staff_id, begins_on);


--
-- Name: advice advice_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.advice
    ADD CONSTRAINT advice_pkey PRIMARY KEY (id);


--
-- Name: attachment attachment_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (id);


--
-- Name: attempt attempt_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (id);


--
-- Name: contact_event contact_event_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact_event
    ADD CONSTRAINT contact_event_pkey PRIMARY KEY (id);


--
-- Name: contact_message contact_message_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact_message
    ADD CONSTRAINT contact_message_pkey PRIMARY KEY (id);


--
-- Name: contact contact_number_key; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_number_key UNIQUE (number);


--
-- Name: contact contact_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (id);


--
-- Name: contact contact_receipt_hash_key; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_receipt_hash_key UNIQUE (receipt_hash);


--
-- Name: counter counter_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.counter
    ADD CONSTRAINT counter_pkey PRIMARY KEY (name);


--
-- Name: draft draft_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (owner, form_key);


--
-- Name: duty duty_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.duty
    ADD CONSTRAINT duty_pkey PRIMARY KEY (id);


--
-- Name: ending ending_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.ending
    ADD CONSTRAINT ending_pkey PRIMARY KEY (id);


--
-- Name: holding holding_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.holding
    ADD CONSTRAINT holding_pkey PRIMARY KEY (id);


--
-- Name: job job_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.job
    ADD CONSTRAINT job_pkey PRIMARY KEY (id);


--
-- Name: log_entry log_entry_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.log_entry
    ADD CONSTRAINT log_entry_pkey PRIMARY KEY ("position");


--
-- Name: log_head log_head_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.log_head
    ADD CONSTRAINT log_head_pkey PRIMARY KEY (writer);


--
-- Name: offer offer_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.offer
    ADD CONSTRAINT offer_pkey PRIMARY KEY (id);


--
-- Name: refinery_schema_history refinery_schema_history_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.refinery_schema_history
    ADD CONSTRAINT refinery_schema_history_pkey PRIMARY KEY (version);


--
-- Name: session session_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (token_hash);


--
-- Name: setting setting_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (key);


--
-- Name: staff staff_demo_role_key; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.staff
    ADD CONSTRAINT staff_demo_role_key UNIQUE (demo_role);


--
-- Name: staff staff_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (id);


--
-- Name: subject_head subject_head_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.subject_head
    ADD CONSTRAINT subject_head_pkey PRIMARY KEY (subject, writer);


--
-- Name: subject_mark subject_mark_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.subject_mark
    ADD CONSTRAINT subject_mark_pkey PRIMARY KEY (writer);


--
-- Name: task task_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.task
    ADD CONSTRAINT task_pkey PRIMARY KEY (id);


--
-- Name: unit unit_code_key; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.unit
    ADD CONSTRAINT unit_code_key UNIQUE (code);


--
-- Name: unit_municipality unit_municipality_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.unit_municipality
    ADD CONSTRAINT unit_municipality_pkey PRIMARY KEY (municipality_code);


--
-- Name: unit unit_pkey; Type: CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (id);


--
-- Name: advice_staff; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX advice_staff ON county_15.advice USING btree (staff_id, at);


--
-- Name: attachment_contact; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX attachment_contact ON county_15.attachment USING btree (contact_id, id);


--
-- Name: attempt_contact; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX attempt_contact ON county_15.attempt USING btree (contact_id, at);


--
-- Name: contact_event_contact; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX contact_event_contact ON county_15.contact_event USING btree (contact_id, id);


--
-- Name: contact_holder; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX contact_holder ON county_15.contact USING btree (holder_staff, state);


--
-- Name: contact_holder_unit; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX contact_holder_unit ON county_15.contact USING btree (holder_unit, state);


--
-- Name: contact_message_contact; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX contact_message_contact ON county_15.contact_message USING btree (contact_id, id);


--
-- Name: contact_open; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX contact_open ON county_15.contact USING btree (state, urgency_rank, arrived_at);


--
-- Name: contact_touched; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX contact_touched ON county_15.contact USING btree (state, touched_at);


--
-- Name: duty_unit_time; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX duty_unit_time ON county_15.duty USING btree (unit_id, begins_at);


--
-- Name: ending_contact; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX ending_contact ON county_15.ending USING btree (contact_id, at);


--
-- Name: ending_unseen; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX ending_unseen ON county_15.ending USING btree (kind, seen_at);


--
-- Name: holding_contact; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX holding_contact ON county_15.holding USING btree (contact_id, began_at);


--
-- Name: holding_current; Type: INDEX; Schema: county_15; Owner: -
--

CREATE UNIQUE INDEX holding_current ON county_15.holding USING btree (contact_id) WHERE (ended_at IS NULL);


--
-- Name: job_run_at; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX job_run_at ON county_15.job USING btree (run_at);


--
-- Name: offer_contact; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX offer_contact ON county_15.offer USING btree (contact_id, made_at);


--
-- Name: offer_from_unit; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX offer_from_unit ON county_15.offer USING btree (from_unit, state, answered_at);


--
-- Name: offer_open; Type: INDEX; Schema: county_15; Owner: -
--

CREATE UNIQUE INDEX offer_open ON county_15.offer USING btree (contact_id) WHERE (state = 'open'::text);


--
-- Name: offer_receiver; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX offer_receiver ON county_15.offer USING btree (to_staff, state);


--
-- Name: offer_unit; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX offer_unit ON county_15.offer USING btree (to_unit, state);


--
-- Name: session_staff; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX session_staff ON county_15.session USING btree (staff_id);


--
-- Name: staff_unit; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX staff_unit ON county_15.staff USING btree (unit_id);


--
-- Name: task_contact; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX task_contact ON county_15.task USING btree (contact_id);


--
-- Name: task_open; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX task_open ON county_15.task USING btree (done_at, owner, due_at);


--
-- Name: unit_municipality_unit; Type: INDEX; Schema: county_15; Owner: -
--

CREATE INDEX unit_municipality_unit ON county_15.unit_municipality USING btree (unit_id);


--
-- Name: absence absence_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.absence
    ADD CONSTRAINT absence_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: advice advice_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.advice
    ADD CONSTRAINT advice_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: advice advice_unit_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.advice
    ADD CONSTRAINT advice_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES county_15.unit(id);


--
-- Name: attachment attachment_contact_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.attachment
    ADD CONSTRAINT attachment_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES county_15.contact(id);


--
-- Name: attempt attempt_contact_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.attempt
    ADD CONSTRAINT attempt_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES county_15.contact(id);


--
-- Name: attempt attempt_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.attempt
    ADD CONSTRAINT attempt_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: contact contact_came_to_unit_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_came_to_unit_fkey FOREIGN KEY (came_to_unit) REFERENCES county_15.unit(id);


--
-- Name: contact contact_earlier_contact_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_earlier_contact_fkey FOREIGN KEY (earlier_contact) REFERENCES county_15.contact(id);


--
-- Name: contact_event contact_event_contact_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact_event
    ADD CONSTRAINT contact_event_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES county_15.contact(id);


--
-- Name: contact_event contact_event_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact_event
    ADD CONSTRAINT contact_event_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: contact contact_holder_staff_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_holder_staff_fkey FOREIGN KEY (holder_staff) REFERENCES county_15.staff(id);


--
-- Name: contact contact_holder_unit_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_holder_unit_fkey FOREIGN KEY (holder_unit) REFERENCES county_15.unit(id);


--
-- Name: contact_message contact_message_contact_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact_message
    ADD CONSTRAINT contact_message_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES county_15.contact(id);


--
-- Name: contact_message contact_message_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact_message
    ADD CONSTRAINT contact_message_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: contact contact_urgency_by_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_urgency_by_fkey FOREIGN KEY (urgency_by) REFERENCES county_15.staff(id);


--
-- Name: contact contact_written_by_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.contact
    ADD CONSTRAINT contact_written_by_fkey FOREIGN KEY (written_by) REFERENCES county_15.staff(id);


--
-- Name: duty duty_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.duty
    ADD CONSTRAINT duty_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: duty duty_unit_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.duty
    ADD CONSTRAINT duty_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES county_15.unit(id);


--
-- Name: ending ending_contact_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.ending
    ADD CONSTRAINT ending_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES county_15.contact(id);


--
-- Name: ending ending_seen_by_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.ending
    ADD CONSTRAINT ending_seen_by_fkey FOREIGN KEY (seen_by) REFERENCES county_15.staff(id);


--
-- Name: ending ending_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.ending
    ADD CONSTRAINT ending_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: ending ending_who_staff_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.ending
    ADD CONSTRAINT ending_who_staff_fkey FOREIGN KEY (who_staff) REFERENCES county_15.staff(id);


--
-- Name: holding holding_contact_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.holding
    ADD CONSTRAINT holding_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES county_15.contact(id);


--
-- Name: holding holding_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.holding
    ADD CONSTRAINT holding_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: holding holding_unit_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.holding
    ADD CONSTRAINT holding_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES county_15.unit(id);


--
-- Name: offer offer_answered_by_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.offer
    ADD CONSTRAINT offer_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES county_15.staff(id);


--
-- Name: offer offer_contact_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.offer
    ADD CONSTRAINT offer_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES county_15.contact(id);


--
-- Name: offer offer_from_staff_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.offer
    ADD CONSTRAINT offer_from_staff_fkey FOREIGN KEY (from_staff) REFERENCES county_15.staff(id);


--
-- Name: offer offer_from_unit_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.offer
    ADD CONSTRAINT offer_from_unit_fkey FOREIGN KEY (from_unit) REFERENCES county_15.unit(id);


--
-- Name: offer offer_to_staff_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.offer
    ADD CONSTRAINT offer_to_staff_fkey FOREIGN KEY (to_staff) REFERENCES county_15.staff(id);


--
-- Name: offer offer_to_unit_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.offer
    ADD CONSTRAINT offer_to_unit_fkey FOREIGN KEY (to_unit) REFERENCES county_15.unit(id);


--
-- Name: session session_staff_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.session
    ADD CONSTRAINT session_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES county_15.staff(id);


--
-- Name: staff staff_unit_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.staff
    ADD CONSTRAINT staff_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES county_15.unit(id);


--
-- Name: task task_contact_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.task
    ADD CONSTRAINT task_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES county_15.contact(id);


--
-- Name: task task_done_by_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.task
    ADD CONSTRAINT task_done_by_fkey FOREIGN KEY (done_by) REFERENCES county_15.staff(id);


--
-- Name: task task_owner_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.task
    ADD CONSTRAINT task_owner_fkey FOREIGN KEY (owner) REFERENCES county_15.staff(id);


--
-- Name: task task_unit_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.task
    ADD CONSTRAINT task_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES county_15.unit(id);


--
-- Name: unit_municipality unit_municipality_unit_id_fkey; Type: FK CONSTRAINT; Schema: county_15; Owner: -
--

ALTER TABLE ONLY county_15.unit_municipality
    ADD CONSTRAINT unit_municipality_unit_id_fkey FOREIGN KEY (unit_id) REFERENCES county_15.unit(id);


--
-- PostgreSQL database dump complete
--


