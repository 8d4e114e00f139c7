-- From observation to change (SHL 1301/2014 7 §). Nothing here knows a client: there is no column for one.
--
-- I11: ids of observations are random and hold no time, the day stands without a time, and rows come here in a shuffled batch
-- from the box below, so that their order on disk tells nothing either. No log entry ties an observation to who wrote it.

-- What has come in and waits for the next batch. The text is kept as it will stand.
create table observation_box (
    id {id} primary key,
    receipt {blob} not null unique,
    written_on {text} not null,
    fields {text} not null,
    source {id},
    unit_id {id}
);

create table observation (
    id {id} primary key,
    receipt {blob} not null unique,
    written_on {text} not null,
    reporter_kind {text} not null check (reporter_kind in ('professional', 'partner', 'client', 'resident', 'expert')),
    language {text} not null check (language in ('fi', 'sv', 'en', 'easy')),
    valence {text} not null check (valence in ('problem', 'strength', 'weak_signal', 'good_practice')),
    body {text} not null,
    area_level {text} not null check (area_level in ('county', 'municipality')),
    area {text} not null,
    frequency {text} not null check (frequency in ('', 'once', 'some', 'often', 'constantly')),
    people {text} not null check (people in ('', '1', '2-4', '5-9', '10-49', '50+')),
    cause {text} not null check (cause in ('', 'individual', 'service', 'organisation', 'municipality', 'benefits', 'legislation', 'society')),
    proposal {text} not null,
    wished {text} not null,
    state {text} not null check (state in ('sent', 'screened', 'grouped', 'set_aside', 'answered')),
    set_aside_reason {text},
    -- Random names of the one who wrote and of her unit: for counting how many stand behind a number.
    source {id},
    unit_id {id},
    revision {int} not null,
    check ((state = 'set_aside') = (set_aside_reason is not null))
);
create index observation_state on observation (state, written_on);

create table observation_theme (
    observation_id {id} not null references observation (id),
    theme {text} not null,
    primary key (observation_id, theme)
);
create table observation_need (
    observation_id {id} not null references observation (id),
    need {text} not null,
    primary key (observation_id, need)
);

-- Who wrote, only where she wants the steps on her own page. No table of analysis names this one, and she may remove herself.
create table observation_writer (
    source {id} primary key,
    staff_id {id} not null unique references staff (id)
);

create table phenomenon (
    id {id} primary key,
    title {text} not null,
    description {text} not null,
    state {text} not null check (state in ('open', 'analysing', 'proposed', 'in_influence', 'follow_up', 'closed')),
    owner {id} not null references staff (id),
    opened_on {text} not null,
    review_on {text} not null,
    closed_reason {text},
    -- All ids stay resolvable: a merged phenomenon leads to the one it went into.
    merged_into {id} references phenomenon (id),
    sensitive {int} not null,
    revision {int} not null,
    check ((state = 'closed') = (closed_reason is not null)),
    check (merged_into is null or state = 'closed')
);
create index phenomenon_state on phenomenon (state, review_on);

create table phenomenon_theme (
    phenomenon_id {id} not null references phenomenon (id),
    theme {text} not null,
    primary key (phenomenon_id, theme)
);

-- Which observations a person has grouped into it. One phenomenon at a time.
create table phenomenon_observation (
    observation_id {id} primary key references observation (id),
    phenomenon_id {id} not null references phenomenon (id),
    grouped_on {text} not null,
    grouped_by {id} not null references staff (id)
);
create index phenomenon_observation_of on phenomenon_observation (phenomenon_id);

create table phenomenon_evidence (
    id {id} primary key,
    phenomenon_id {id} not null references phenomenon (id),
    kind {text} not null check (kind in ('observations', 'experience', 'statistic', 'own_figure', 'research', 'complaint', 'decision')),
    source {text} not null,
    period {text} not null,
    area {text} not null,
    words {text} not null,
    quality {text} not null check (quality in ('weak', 'moderate', 'strong')),
    added_on {text} not null,
    added_by {id} not null references staff (id)
);
create index phenomenon_evidence_of on phenomenon_evidence (phenomenon_id);

-- What the analysis says. A statement without evidence cannot be put forward.
create table phenomenon_statement (
    id {id} primary key,
    phenomenon_id {id} not null references phenomenon (id),
    words {text} not null,
    made_on {text} not null,
    made_by {id} not null references staff (id)
);
create index phenomenon_statement_of on phenomenon_statement (phenomenon_id);
create table statement_evidence (
    statement_id {id} not null references phenomenon_statement (id),
    evidence_id {id} not null references phenomenon_evidence (id),
    primary key (statement_id, evidence_id)
);

create table proposal (
    id {id} primary key,
    phenomenon_id {id} not null references phenomenon (id),
    words {text} not null,
    level {text} not null check (level in ('practice', 'service', 'county', 'municipality', 'kela', 'employment', 'state', 'legislator', 'organisation')),
    recipient {text} not null,
    recipient_role {text} not null,
    due_on {text} not null,
    state {text} not null check (state in ('draft', 'sent', 'received', 'decided', 'in_action', 'evaluated')),
    sent_on {text},
    -- Digest of the signed link by which a recipient without an account answers; gone when it is answered or taken back.
    link {blob} unique,
    made_by {id} not null references staff (id),
    revision {int} not null,
    check ((state = 'draft') = (sent_on is null))
);
create index proposal_of on proposal (phenomenon_id);
create index proposal_due on proposal (state, due_on);

create table proposal_response (
    id {id} primary key,
    proposal_id {id} not null references proposal (id),
    received_on {text} not null,
    kind {text} not null check (kind in ('accepted', 'partly', 'rejected', 'forwarded')),
    reason {text} not null,
    decided_by_role {text} not null,
    minutes {text} not null,
    by_link {int} not null
);
create index proposal_response_of on proposal_response (proposal_id);

create table response_action (
    id {id} primary key,
    proposal_id {id} not null references proposal (id),
    words {text} not null,
    responsible_role {text} not null,
    ends_on {text} not null,
    target {text} not null,
    state {text} not null check (state in ('planned', 'running', 'done', 'dropped')),
    effect {text} not null check (effect in ('', 'none', 'small', 'clear', 'unknown')),
    effect_words {text} not null,
    revision {int} not null
);
create index response_action_of on response_action (proposal_id);

-- Themes are data of the county (1.7 of the domain to start with): a change is a new version from a day on, and no code is ever given to
-- something else. Keywords suggest a theme to the writer and set none; indicators are Sotkanet's numbers for what stands beside.
create table theme_version (
    code {text} not null,
    valid_from {text} not null,
    name_fi {text} not null,
    name_sv {text} not null,
    name_en {text} not null,
    name_easy {text} not null,
    keywords {text} not null,
    indicators {text} not null,
    sensitive {int} not null,
    retired {int} not null,
    primary key (code, valid_from)
);
insert into theme_version (code, valid_from, name_fi, name_sv, name_en, name_easy, keywords, indicators, sensitive, retired) values
    ('toimeentulo', '2015-04-01', 'Raha ja toimeentulo', 'Pengar och utkomst', 'Money and income', 'Raha', 'toimeentulotuki, velka, ulosotto, maksuhäiriö, köyhyys, ruoka-apu, rahapula, utkomststöd, skuld, utsökning, fattigdom', '493 5 234 405', 0, 0),
    ('asuminen', '2015-04-01', 'Asuminen', 'Boende', 'Housing', 'Asuminen', 'asunto, vuokra, häätö, asunnottomuus, asunnoton, vuokravelka, asumistuki, bostad, hyra, vräkning, bostadslös', '2618 2320 183', 0, 0),
    ('tyo_ja_tyokyky', '2015-04-01', 'Työ ja työkyky', 'Arbete och arbetsförmåga', 'Work and ability to work', 'Työ', 'työkyky, työttömyys, työtön, kuntoutus, työkyvyttömyys, kuntouttava työtoiminta, arbetsförmåga, arbetslös, rehabilitering', '181 326 306', 0, 0),
    ('paihteet_ja_riippuvuudet', '2015-04-01', 'Päihteet ja riippuvuudet', 'Rusmedel och beroenden', 'Substances and addictions', 'Päihteet ja riippuvuus', 'päihde, alkoholi, huume, riippuvuus, vieroitus, korvaushoito, peliriippuvuus, rusmedel, alkohol, drog, missbruk, beroende', '1271 1270 3105', 1, 0),
    ('mielenterveys', '2015-04-01', 'Mielenterveys', 'Psykisk hälsa', 'Mental health', 'Mielenterveys', 'mielenterveys, masennus, ahdistus, itsetuhoisuus, psykiatria, terapia, psykisk, depression, ångest', '2422 253 3106', 1, 0),
    ('terveyspalveluihin_paasy', '2015-04-01', 'Pääsy terveyspalveluihin', 'Tillgång till hälsovård', 'Access to health care', 'Pääsy lääkäriin tai hoitoon', 'lääkäri, terveysasema, hoitojono, hoitoon pääsy, sairaala, läkare, hälsocentral, vård', '243 184', 0, 0),
    ('vakivalta_ja_turvallisuus', '2015-04-01', 'Väkivalta ja turvallisuus', 'Våld och trygghet', 'Violence and safety', 'Väkivalta ja turvallisuus', 'väkivalta, uhka, turvakoti, pelko, vaino, våld, hot, skyddshem, rädsla', '3113 3088', 1, 0),
    ('yksinaisyys_ja_osallisuus', '2015-04-01', 'Yksinäisyys ja osallisuus', 'Ensamhet och delaktighet', 'Loneliness and belonging', 'Yksinäisyys', 'yksinäisyys, yksinäinen, osallisuus, ystävä, yhteisö, kohtaamispaikka, ensamhet, ensam, delaktighet', '4285 4292', 0, 0),
    ('digi_ja_asiointi', '2015-04-01', 'Digipalvelut ja asiointi', 'Digitala tjänster och ärenden', 'Digital services and offices', 'Asiointi ja nettipalvelut', 'verkkopankkitunnus, sähköinen asiointi, verkkopalvelu, puhelinpalvelu, tunnistautuminen, jonotusaika, lomake, toimisto, e-tjänst, bankkod, blankett', '', 0, 0),
    ('maahanmuutto_ja_kotoutuminen', '2015-04-01', 'Maahanmuutto ja kotoutuminen', 'Invandring och integration', 'Immigration and integration', 'Muutto Suomeen', 'maahanmuuttaja, kotoutuminen, tulkki, oleskelulupa, pakolainen, turvapaikka, kielitaito, invandrare, integration, tolk, flykting', '', 0, 0),
    ('perhe_ja_hoiva', '2015-04-01', 'Perhe ja hoiva', 'Familj och omsorg', 'Family and care', 'Perhe ja hoiva', 'perhe, lapsi, vanhemmuus, ero, omaishoitaja, hoiva, elatus, familj, barn, skilsmässa, närståendevård', '3758', 0, 0),
    ('rikosseuraamus', '2015-04-01', 'Rikos ja rangaistus', 'Brott och straff', 'Crime and punishment', 'Rikos ja rangaistus', 'vankila, vapautuminen, rikos, rangaistus, ehdonalainen, fängelse, brott, straff', '3113', 1, 0),
    ('palvelujarjestelma', '2015-04-01', 'Palvelujen toiminta ja jonot', 'Hur tjänsterna och köerna fungerar', 'How services and queues work', 'Palvelut ja jonot', 'jono, odotusaika, siirto, ohjaus, palveluketju, pompottelu, luukku, kö, väntetid, hänvisning', '', 0, 0),
    ('yhteistyo_kela', '2015-04-01', 'Asiointi Kelan kanssa', 'Ärenden med FPA', 'Dealing with Kela', 'Asiointi Kelan kanssa', 'kela, kelan päätös, perustoimeentulotuki, etuushakemus, fpa, folkpensionsanstalten', '', 0, 0),
    ('yhteistyo_tyollisyyspalvelut', '2015-04-01', 'Työllisyyspalvelut', 'Sysselsättningstjänster', 'Employment services', 'Työllisyyspalvelut', 'työllisyyspalvelu, työvoimapalvelu, työllisyysalue, karenssi, työnhaku, sysselsättningstjänst, karens', '181 326', 0, 0),
    ('lainsaadanto_ja_etuusmuutokset', '2015-04-01', 'Lait ja etuuksien muutokset', 'Lagar och ändrade förmåner', 'Laws and changes of benefits', 'Lait ja tuet', 'laki, lakimuutos, leikkaus, etuusmuutos, omavastuu, indeksi, lag, nedskärning, förmån', '', 0, 0),
    ('hyvat_kaytannot', '2015-04-01', 'Hyvät käytännöt', 'God praxis', 'Good practices', 'Hyvät tavat toimia', 'toimiva, onnistuminen, hyvä käytäntö, kokeilu, malli, god praxis, försök, lyckades', '', 0, 0);

-- What went on from a phenomenon to those who decide of the county or of the country, and what came of it.
create table phenomenon_influence (
    id {id} primary key,
    phenomenon_id {id} not null references phenomenon (id),
    level {text} not null check (level in ('municipality', 'county', 'state')),
    forum {text} not null,
    brought_on {text} not null,
    outcome {text} not null,
    look_on {text},
    revision {int} not null
);
create index phenomenon_influence_of on phenomenon_influence (phenomenon_id);
