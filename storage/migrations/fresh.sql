CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

CREATE TABLE alert_group (
	id INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	audience VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_alert_group PRIMARY KEY (id), 
	CONSTRAINT uq_alert_group_key UNIQUE ("key")
);

CREATE INDEX ix_alert_group_created_at ON alert_group (created_at);

CREATE TABLE canonical_text (
	sha256 VARCHAR NOT NULL, 
	characters INTEGER NOT NULL, 
	packed BLOB NOT NULL, 
	CONSTRAINT pk_canonical_text PRIMARY KEY (sha256)
);

CREATE TABLE indicator (
	id VARCHAR NOT NULL, 
	label VARCHAR NOT NULL, 
	topic VARCHAR NOT NULL, 
	body VARCHAR, 
	measure VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	rise VARCHAR NOT NULL, 
	"key" BOOLEAN NOT NULL, 
	lower TEXT, 
	upper TEXT, 
	thresholds JSON NOT NULL, 
	part_of VARCHAR, 
	rate_of VARCHAR, 
	rate_base VARCHAR, 
	retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_indicator PRIMARY KEY (id), 
	CONSTRAINT fk_indicator_part_of_indicator FOREIGN KEY(part_of) REFERENCES indicator (id), 
	CONSTRAINT fk_indicator_rate_base_indicator FOREIGN KEY(rate_base) REFERENCES indicator (id), 
	CONSTRAINT fk_indicator_rate_of_indicator FOREIGN KEY(rate_of) REFERENCES indicator (id)
);

CREATE TABLE lease (
	name VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	until DATETIME NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (name)
);

CREATE TABLE receiver_state (
	receiver VARCHAR NOT NULL, 
	failures INTEGER NOT NULL, 
	paused_until DATETIME, 
	delivered_at DATETIME, 
	heartbeat_at DATETIME, 
	CONSTRAINT pk_receiver_state PRIMARY KEY (receiver)
);

CREATE TABLE region (
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	short_name VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	parent VARCHAR, 
	retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_region PRIMARY KEY (code), 
	CONSTRAINT fk_region_parent_region FOREIGN KEY(parent) REFERENCES region (code)
);

CREATE TABLE run (
	id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	flow_run_id VARCHAR, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	counts JSON NOT NULL, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_run PRIMARY KEY (id)
);

CREATE INDEX ix_run_started_at ON run (started_at);

CREATE TABLE snapshot (
	sha256 VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	stored_size INTEGER NOT NULL, 
	media_type VARCHAR NOT NULL, 
	kept_at DATETIME NOT NULL, 
	CONSTRAINT pk_snapshot PRIMARY KEY (sha256), 
	CONSTRAINT ck_snapshot_sha256 CHECK (length(sha256) = 64)
);

CREATE TABLE series (
	id INTEGER NOT NULL, 
	indicator_id VARCHAR NOT NULL, 
	measure VARCHAR NOT NULL, 
	region VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	own BOOLEAN NOT NULL, 
	level VARCHAR NOT NULL, 
	period_kind VARCHAR NOT NULL, 
	CONSTRAINT pk_series PRIMARY KEY (id), 
	CONSTRAINT fk_series_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id), 
	CONSTRAINT fk_series_region_region FOREIGN KEY(region) REFERENCES region (code), 
	CONSTRAINT uq_series_indicator_id_region_measure_body_own_level_period_kind UNIQUE (indicator_id, region, measure, body, own, level, period_kind)
);

CREATE INDEX ix_series_indicator_id_series_period_kind_series_level_series_region ON series (indicator_id, period_kind, level, region);

CREATE INDEX ix_series_region ON series (region);

CREATE TABLE source (
	id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	region VARCHAR NOT NULL, 
	body VARCHAR NOT NULL, 
	level VARCHAR, 
	list_urls JSON NOT NULL, 
	family VARCHAR NOT NULL, 
	enabled BOOLEAN NOT NULL, 
	required BOOLEAN NOT NULL, 
	tolerate_days INTEGER NOT NULL, 
	months JSON NOT NULL, 
	options JSON NOT NULL, 
	first_run_done BOOLEAN NOT NULL, 
	synced_at DATETIME NOT NULL, 
	retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_source PRIMARY KEY (id), 
	CONSTRAINT fk_source_region_region FOREIGN KEY(region) REFERENCES region (code)
);

CREATE INDEX ix_source_region ON source (region);

CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	delivery_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	verdict VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	milliseconds INTEGER, 
	CONSTRAINT pk_attempt PRIMARY KEY (id), 
	CONSTRAINT ck_attempt_verdict CHECK (verdict = 'delivered' OR verdict = 'retry' OR verdict = 'refused' OR verdict = 'unknown'), 
	CONSTRAINT fk_attempt_delivery_id_delivery FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);

CREATE INDEX ix_attempt_delivery_id ON attempt (delivery_id);

CREATE TABLE document (
	id INTEGER NOT NULL, 
	source_id VARCHAR, 
	title VARCHAR NOT NULL, 
	issuer VARCHAR NOT NULL, 
	body VARCHAR, 
	region VARCHAR, 
	level VARCHAR, 
	kind VARCHAR, 
	period_first INTEGER, 
	period_last INTEGER, 
	published DATE, 
	published_year INTEGER, 
	url VARCHAR NOT NULL, 
	edition_id INTEGER, 
	first_seen_at DATETIME NOT NULL, sketch BLOB, 
	CONSTRAINT pk_document PRIMARY KEY (id), 
	CONSTRAINT ck_document_period_first_order CHECK (period_first <= period_last), 
	CONSTRAINT fk_document_region_region FOREIGN KEY(region) REFERENCES region (code), 
	CONSTRAINT fk_document_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE INDEX ix_document_published ON document (published);

CREATE INDEX ix_document_source_id ON document (source_id);

CREATE TABLE seen_link (
	id INTEGER NOT NULL, 
	source_id VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	printed_date DATE, 
	state VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	first_seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_seen_link PRIMARY KEY (id), 
	CONSTRAINT ck_seen_link_state CHECK (state = 'new' OR state = 'read' OR state = 'ignored' OR state = 'failed' OR state = 'gone'), 
	CONSTRAINT fk_seen_link_source_id_source FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT uq_seen_link_source_id_url UNIQUE (source_id, url)
);

CREATE INDEX ix_seen_link_source_id_seen_link_state ON seen_link (source_id, state);

CREATE TABLE source_run (
	id INTEGER NOT NULL, 
	run_id INTEGER NOT NULL, 
	source_id VARCHAR NOT NULL, 
	result VARCHAR, 
	links INTEGER NOT NULL, 
	new INTEGER NOT NULL, 
	unchanged INTEGER NOT NULL, 
	refused INTEGER NOT NULL, 
	figures INTEGER NOT NULL, 
	unread INTEGER NOT NULL, 
	counts JSON NOT NULL, 
	note VARCHAR NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_source_run PRIMARY KEY (id), 
	CONSTRAINT ck_source_run_result CHECK (result = 'ok' OR result = 'nothing_new' OR result = 'partial' OR result = 'broken' OR result = 'blocked' OR result = 'unreachable'), 
	CONSTRAINT fk_source_run_run_id_run FOREIGN KEY(run_id) REFERENCES run (id), 
	CONSTRAINT fk_source_run_source_id_source FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT uq_source_run_run_id_source_id UNIQUE (run_id, source_id)
);

CREATE INDEX ix_source_run_source_id_source_run_started_at ON source_run (source_id, started_at);

CREATE TABLE address (
	id INTEGER NOT NULL, 
	url VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	source_id VARCHAR, 
	document_id INTEGER, 
	first_seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_address PRIMARY KEY (id), 
	CONSTRAINT fk_address_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_address_source_id_source FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT uq_address_url UNIQUE (url)
);

CREATE INDEX ix_address_document_id ON address (document_id);

CREATE TABLE capture (
	id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	"key" VARCHAR NOT NULL, 
	captured_at DATETIME NOT NULL, 
	CONSTRAINT pk_capture PRIMARY KEY (id), 
	CONSTRAINT fk_capture_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT uq_capture_document_id_number UNIQUE (document_id, number)
);

CREATE TABLE correction (
	id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	indicator_id VARCHAR, 
	subject VARCHAR NOT NULL, 
	scope_region VARCHAR, 
	unit VARCHAR NOT NULL, 
	period_first INTEGER, 
	period_last INTEGER, 
	expected_old TEXT, 
	new_value TEXT, 
	rejected BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	CONSTRAINT pk_correction PRIMARY KEY (id), 
	CONSTRAINT fk_correction_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_correction_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id)
);

CREATE INDEX ix_correction_document_id ON correction (document_id);

CREATE TABLE document_sketch (
	hash BIGINT NOT NULL, 
	document_id INTEGER NOT NULL, 
	CONSTRAINT pk_document_sketch PRIMARY KEY (hash, document_id), 
	CONSTRAINT fk_document_sketch_document_id_document FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE TABLE capture_part (
	capture_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	CONSTRAINT pk_capture_part PRIMARY KEY (capture_id, position), 
	CONSTRAINT fk_capture_part_capture_id_capture FOREIGN KEY(capture_id) REFERENCES capture (id), 
	CONSTRAINT fk_capture_part_sha256_snapshot FOREIGN KEY(sha256) REFERENCES snapshot (sha256)
);

CREATE TABLE fetch (
	id INTEGER NOT NULL, 
	address_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	outcome VARCHAR NOT NULL, 
	status INTEGER, 
	bytes INTEGER, 
	milliseconds INTEGER, 
	snapshot_sha256 VARCHAR, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_fetch PRIMARY KEY (id), 
	CONSTRAINT ck_fetch_outcome CHECK (outcome = 'page' OR outcome = 'not_modified' OR outcome = 'moved' OR outcome = 'missing' OR outcome = 'blocked' OR outcome = 'throttled' OR outcome = 'unreachable' OR outcome = 'timed_out' OR outcome = 'truncated' OR outcome = 'too_large' OR outcome = 'undecodable' OR outcome = 'wrong_type' OR outcome = 'refused'), 
	CONSTRAINT fk_fetch_address_id_address FOREIGN KEY(address_id) REFERENCES address (id), 
	CONSTRAINT fk_fetch_snapshot_sha256_snapshot FOREIGN KEY(snapshot_sha256) REFERENCES snapshot (sha256)
);

CREATE INDEX ix_fetch_address_id ON fetch (address_id);

CREATE INDEX ix_fetch_at ON fetch (at);

CREATE TABLE fetch_state (
	address_id INTEGER NOT NULL, 
	source_id VARCHAR, 
	etag VARCHAR, 
	last_modified VARCHAR, 
	outcome VARCHAR, 
	status INTEGER, 
	note VARCHAR NOT NULL, 
	snapshot_sha256 VARCHAR, 
	text_sha256 VARCHAR, 
	checked_at DATETIME, 
	succeeded_at DATETIME, 
	failures INTEGER NOT NULL, 
	due_at DATETIME, 
	CONSTRAINT pk_fetch_state PRIMARY KEY (address_id), 
	CONSTRAINT ck_fetch_state_outcome CHECK (outcome = 'page' OR outcome = 'not_modified' OR outcome = 'moved' OR outcome = 'missing' OR outcome = 'blocked' OR outcome = 'throttled' OR outcome = 'unreachable' OR outcome = 'timed_out' OR outcome = 'truncated' OR outcome = 'too_large' OR outcome = 'undecodable' OR outcome = 'wrong_type' OR outcome = 'refused'), 
	CONSTRAINT fk_fetch_state_address_id_address FOREIGN KEY(address_id) REFERENCES address (id), 
	CONSTRAINT fk_fetch_state_snapshot_sha256_snapshot FOREIGN KEY(snapshot_sha256) REFERENCES snapshot (sha256), 
	CONSTRAINT fk_fetch_state_source_id_source FOREIGN KEY(source_id) REFERENCES source (id)
);

CREATE INDEX ix_fetch_state_source_id_fetch_state_due_at ON fetch_state (source_id, due_at);

CREATE TABLE evaluation_due (
	id INTEGER NOT NULL, 
	edition_id INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	due_since DATETIME NOT NULL, 
	CONSTRAINT pk_evaluation_due PRIMARY KEY (id), 
	CONSTRAINT ck_evaluation_due_reason CHECK (reason = 'edition' OR reason = 'review' OR reason = 'correction'), 
	CONSTRAINT fk_evaluation_due_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id), 
	CONSTRAINT uq_evaluation_due_edition_id_reason UNIQUE (edition_id, reason)
);

CREATE TABLE observation (
	id INTEGER NOT NULL, 
	edition_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	series_id INTEGER, 
	indicator_id VARCHAR, 
	subject VARCHAR NOT NULL, 
	scope_body VARCHAR, 
	scope_own BOOLEAN NOT NULL, 
	scope_region VARCHAR, 
	scope_words VARCHAR NOT NULL, 
	level VARCHAR, 
	period_first INTEGER, 
	period_last INTEGER, 
	value TEXT, 
	given_value TEXT, 
	precision TEXT, 
	unit VARCHAR NOT NULL, 
	qualifier VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	remarks JSON NOT NULL, 
	rules JSON NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	quote_start INTEGER NOT NULL, 
	quote_end INTEGER NOT NULL, 
	quotation VARCHAR NOT NULL, 
	standing VARCHAR NOT NULL, 
	held VARCHAR, 
	held_at DATETIME, 
	CONSTRAINT pk_observation PRIMARY KEY (id), 
	CONSTRAINT ck_observation_held CHECK (held = 'doubtful' OR held = 'magnitude'), 
	CONSTRAINT ck_observation_standing CHECK (standing = 'taken' OR standing = 'none' OR standing = 'superseded' OR standing = 'not_issuer' OR standing = 'lesser_kind' OR standing = 'earlier' OR standing = 'derived' OR standing = 'rounded' OR standing = 'repeated' OR standing = 'held' OR standing = 'rejected'), 
	CONSTRAINT ck_observation_status CHECK (status = 'stated' OR status = 'derived' OR status = 'doubtful'), 
	CONSTRAINT ck_observation_period_first_order CHECK (period_first <= period_last), 
	CONSTRAINT ck_observation_quote_start_order CHECK (quote_start <= quote_end), 
	CONSTRAINT ck_observation_span_start_order CHECK (span_start <= span_end), 
	CONSTRAINT fk_observation_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id), 
	CONSTRAINT fk_observation_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id), 
	CONSTRAINT fk_observation_scope_region_region FOREIGN KEY(scope_region) REFERENCES region (code), 
	CONSTRAINT fk_observation_series_id_series FOREIGN KEY(series_id) REFERENCES series (id), 
	CONSTRAINT uq_observation_edition_id_position UNIQUE (edition_id, position)
);

CREATE INDEX ix_observation_series_id_observation_period_first_observation_period_last ON observation (series_id, period_first, period_last);

CREATE TABLE unread (
	id INTEGER NOT NULL, 
	edition_id INTEGER NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	reason VARCHAR NOT NULL, 
	quotation VARCHAR NOT NULL, 
	CONSTRAINT pk_unread PRIMARY KEY (id), 
	CONSTRAINT ck_unread_span_start_order CHECK (span_start <= span_end), 
	CONSTRAINT fk_unread_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id)
);

CREATE INDEX ix_unread_edition_id ON unread (edition_id);

CREATE TABLE change (
	id INTEGER NOT NULL, 
	observation_id INTEGER NOT NULL, 
	edition_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	direction VARCHAR NOT NULL, 
	value TEXT, 
	precision TEXT, 
	form VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	base_period VARCHAR, 
	unit VARCHAR NOT NULL, 
	qualifier VARCHAR NOT NULL, 
	rules JSON NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	standing VARCHAR NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT ck_change_standing CHECK (standing = 'taken' OR standing = 'none' OR standing = 'superseded' OR standing = 'not_issuer' OR standing = 'lesser_kind' OR standing = 'earlier' OR standing = 'derived' OR standing = 'rounded' OR standing = 'repeated' OR standing = 'held' OR standing = 'rejected'), 
	CONSTRAINT ck_change_span_start_order CHECK (span_start <= span_end), 
	CONSTRAINT fk_change_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id), 
	CONSTRAINT fk_change_observation_id_observation FOREIGN KEY(observation_id) REFERENCES observation (id), 
	CONSTRAINT uq_change_observation_id_position UNIQUE (observation_id, position)
);

CREATE INDEX ix_change_edition_id ON change (edition_id);

CREATE TABLE point (
	id INTEGER NOT NULL, 
	series_id INTEGER NOT NULL, 
	period_first INTEGER NOT NULL, 
	period_last INTEGER NOT NULL, 
	value TEXT NOT NULL, 
	precision TEXT, 
	unit VARCHAR NOT NULL, 
	qualifier VARCHAR NOT NULL, 
	observation_id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	stated_by VARCHAR NOT NULL, 
	segment INTEGER NOT NULL, 
	break_before BOOLEAN NOT NULL, 
	witnesses INTEGER NOT NULL, 
	excluded BOOLEAN NOT NULL, 
	updated_at DATETIME NOT NULL, 
	CONSTRAINT pk_point PRIMARY KEY (id), 
	CONSTRAINT ck_point_period_first_order CHECK (period_first <= period_last), 
	CONSTRAINT fk_point_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_point_observation_id_observation FOREIGN KEY(observation_id) REFERENCES observation (id), 
	CONSTRAINT fk_point_series_id_series FOREIGN KEY(series_id) REFERENCES series (id), 
	CONSTRAINT uq_point_series_id_period_first_period_last UNIQUE (series_id, period_first, period_last)
);

CREATE TABLE review (
	id INTEGER NOT NULL, 
	observation_id INTEGER NOT NULL, 
	decision VARCHAR NOT NULL, 
	held VARCHAR, 
	machine_value TEXT, 
	accepted_value TEXT, 
	reader_version VARCHAR NOT NULL, 
	reviewer VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	decided_at DATETIME NOT NULL, 
	CONSTRAINT pk_review PRIMARY KEY (id), 
	CONSTRAINT ck_review_decision CHECK (decision = 'accept' OR decision = 'correct' OR decision = 'reject'), 
	CONSTRAINT ck_review_held CHECK (held = 'doubtful' OR held = 'magnitude'), 
	CONSTRAINT fk_review_observation_id_observation FOREIGN KEY(observation_id) REFERENCES observation (id)
);

CREATE INDEX ix_review_observation_id ON review (observation_id);

CREATE TABLE alert (
	id INTEGER NOT NULL, 
	fingerprint VARCHAR NOT NULL, 
	rule VARCHAR NOT NULL, 
	revision INTEGER NOT NULL, 
	audience VARCHAR NOT NULL, 
	severity VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	source_id VARCHAR, 
	document_id INTEGER, 
	edition_id INTEGER, 
	observation_id INTEGER, 
	change_id INTEGER, 
	series_id INTEGER, 
	indicator_id VARCHAR, 
	region VARCHAR, 
	body VARCHAR, 
	subject VARCHAR NOT NULL, 
	period_first INTEGER, 
	period_last INTEGER, 
	value TEXT, 
	unit VARCHAR NOT NULL, 
	direction VARCHAR, 
	change_value TEXT, 
	form VARCHAR, 
	basis VARCHAR, 
	base_period VARCHAR, 
	sharpness TEXT, 
	old_value TEXT, 
	old_change_value TEXT, 
	cause VARCHAR, 
	quotation VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	facts JSON NOT NULL, 
	created_at DATETIME NOT NULL, 
	updated_at DATETIME NOT NULL, qualifier VARCHAR DEFAULT 'exact' NOT NULL, change_qualifier VARCHAR DEFAULT 'exact' NOT NULL, 
	CONSTRAINT pk_alert PRIMARY KEY (id), 
	CONSTRAINT ck_alert_audience CHECK (audience = 'reader' OR audience = 'operator'), 
	CONSTRAINT ck_alert_severity CHECK (severity = 'info' OR severity = 'notable' OR severity = 'sharp'), 
	CONSTRAINT ck_alert_state CHECK (state = 'pending' OR state = 'baseline' OR state = 'held' OR state = 'silenced' OR state = 'acknowledged' OR state = 'inhibited' OR state = 'grouped' OR state = 'withdrawn'), 
	CONSTRAINT fk_alert_change_id_change FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_alert_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT fk_alert_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id), 
	CONSTRAINT fk_alert_indicator_id_indicator FOREIGN KEY(indicator_id) REFERENCES indicator (id), 
	CONSTRAINT fk_alert_observation_id_observation FOREIGN KEY(observation_id) REFERENCES observation (id), 
	CONSTRAINT fk_alert_region_region FOREIGN KEY(region) REFERENCES region (code), 
	CONSTRAINT fk_alert_series_id_series FOREIGN KEY(series_id) REFERENCES series (id), 
	CONSTRAINT fk_alert_source_id_source FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT uq_alert_fingerprint UNIQUE (fingerprint)
);

CREATE INDEX ix_alert_created_at ON alert (created_at);

CREATE INDEX ix_alert_document_id ON alert (document_id);

CREATE INDEX ix_alert_edition_id ON alert (edition_id);

CREATE INDEX ix_alert_rule ON alert (rule);

CREATE INDEX ix_alert_series_id ON alert (series_id);

CREATE INDEX ix_alert_source_id ON alert (source_id);

CREATE INDEX ix_alert_state_alert_audience ON alert (state, audience);

CREATE INDEX ix_alert_updated_at ON alert (updated_at);

CREATE TABLE change_point (
	id INTEGER NOT NULL, 
	series_id INTEGER NOT NULL, 
	period_first INTEGER NOT NULL, 
	period_last INTEGER NOT NULL, 
	form VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	base_period VARCHAR NOT NULL, 
	direction VARCHAR NOT NULL, 
	value TEXT, 
	precision TEXT, 
	unit VARCHAR NOT NULL, 
	change_id INTEGER NOT NULL, 
	updated_at DATETIME NOT NULL, qualifier VARCHAR DEFAULT 'exact' NOT NULL, 
	CONSTRAINT pk_change_point PRIMARY KEY (id), 
	CONSTRAINT ck_change_point_period_first_order CHECK (period_first <= period_last), 
	CONSTRAINT fk_change_point_change_id_change FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_change_point_series_id_series FOREIGN KEY(series_id) REFERENCES series (id), 
	CONSTRAINT uq_change_point_series_id_period_first_period_last_form_basis_base_period UNIQUE (series_id, period_first, period_last, form, basis, base_period)
);

CREATE INDEX ix_change_point_change_id ON change_point (change_id);

CREATE TABLE finding (
	id INTEGER NOT NULL, 
	edition_id INTEGER NOT NULL, 
	observation_id INTEGER, 
	change_id INTEGER, 
	other_id INTEGER, 
	check_name VARCHAR NOT NULL, 
	severity VARCHAR NOT NULL, 
	expected TEXT, 
	actual TEXT, 
	note VARCHAR NOT NULL, 
	CONSTRAINT pk_finding PRIMARY KEY (id), 
	CONSTRAINT ck_finding_check_name CHECK (check_name = 'range' OR check_name = 'parts' OR check_name = 'rate' OR check_name = 'stated_change' OR check_name = 'definition_break' OR check_name = 'magnitude' OR check_name = 'conflict' OR check_name = 'fill_rate' OR check_name = 'correction_stale'), 
	CONSTRAINT ck_finding_severity CHECK (severity = 'info' OR severity = 'notable' OR severity = 'sharp'), 
	CONSTRAINT fk_finding_change_id_change FOREIGN KEY(change_id) REFERENCES change (id), 
	CONSTRAINT fk_finding_edition_id_edition FOREIGN KEY(edition_id) REFERENCES edition (id), 
	CONSTRAINT fk_finding_observation_id_observation FOREIGN KEY(observation_id) REFERENCES observation (id), 
	CONSTRAINT fk_finding_other_id_observation FOREIGN KEY(other_id) REFERENCES observation (id)
);

CREATE INDEX ix_finding_edition_id ON finding (edition_id);

CREATE TABLE alert_evidence (
	alert_id INTEGER NOT NULL, 
	observation_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	CONSTRAINT pk_alert_evidence PRIMARY KEY (alert_id, observation_id), 
	CONSTRAINT fk_alert_evidence_alert_id_alert FOREIGN KEY(alert_id) REFERENCES alert (id), 
	CONSTRAINT fk_alert_evidence_observation_id_observation FOREIGN KEY(observation_id) REFERENCES observation (id)
);

CREATE INDEX ix_alert_evidence_observation_id ON alert_evidence (observation_id);

CREATE TABLE alert_feedback (
	id INTEGER NOT NULL, 
	alert_id INTEGER NOT NULL, 
	verdict VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_alert_feedback PRIMARY KEY (id), 
	CONSTRAINT ck_alert_feedback_verdict CHECK (verdict = 'useful' OR verdict = 'false' OR verdict = 'incident'), 
	CONSTRAINT fk_alert_feedback_alert_id_alert FOREIGN KEY(alert_id) REFERENCES alert (id)
);

CREATE INDEX ix_alert_feedback_alert_id ON alert_feedback (alert_id);

CREATE TABLE alert_stage (
	id INTEGER NOT NULL, 
	alert_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	stage VARCHAR NOT NULL, 
	passed BOOLEAN NOT NULL, 
	reason VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_alert_stage PRIMARY KEY (id), 
	CONSTRAINT fk_alert_stage_alert_id_alert FOREIGN KEY(alert_id) REFERENCES alert (id)
);

CREATE INDEX ix_alert_stage_alert_id ON alert_stage (alert_id);

CREATE TABLE group_alert (
	group_id INTEGER NOT NULL, 
	alert_id INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_group_alert PRIMARY KEY (group_id, alert_id), 
	CONSTRAINT fk_group_alert_alert_id_alert FOREIGN KEY(alert_id) REFERENCES alert (id), 
	CONSTRAINT fk_group_alert_group_id_alert_group FOREIGN KEY(group_id) REFERENCES alert_group (id)
);

CREATE INDEX ix_group_alert_alert_id ON group_alert (alert_id);

CREATE VIRTUAL TABLE figure_words USING fts5 (words, content='');

CREATE TABLE passed_link (
	id INTEGER NOT NULL, 
	source_id VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_passed_link PRIMARY KEY (id), 
	CONSTRAINT fk_passed_link_source_id_source FOREIGN KEY(source_id) REFERENCES source (id), 
	CONSTRAINT uq_passed_link_source_id_key UNIQUE (source_id, "key")
);

CREATE TABLE "acknowledgement" (
	id INTEGER NOT NULL, 
	alert_id INTEGER NOT NULL, 
	owner VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	until DATETIME NOT NULL, 
	link VARCHAR, 
	settled BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_acknowledgement PRIMARY KEY (id), 
	CONSTRAINT fk_acknowledgement_alert_id_alert FOREIGN KEY(alert_id) REFERENCES alert (id), 
	CONSTRAINT uq_acknowledgement_link UNIQUE (link)
);

CREATE INDEX ix_acknowledgement_alert_id ON acknowledgement (alert_id);

CREATE TABLE "silence" (
	id INTEGER NOT NULL, 
	matchers JSON NOT NULL, 
	owner VARCHAR NOT NULL, 
	note VARCHAR NOT NULL, 
	starts_at DATETIME NOT NULL, 
	ends_at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	link VARCHAR, 
	settled BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_silence PRIMARY KEY (id), 
	CONSTRAINT uq_silence_link UNIQUE (link)
);

CREATE INDEX ix_silence_ends_at ON silence (ends_at);

CREATE TABLE "delivery" (
	id INTEGER NOT NULL, 
	group_id INTEGER NOT NULL, 
	receiver VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	idempotency_key VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_try_at DATETIME NOT NULL, 
	useful_until DATETIME, 
	lease_owner VARCHAR, 
	lease_until DATETIME, 
	possibly_repeated BOOLEAN NOT NULL, 
	parts_done JSON NOT NULL, 
	receipt VARCHAR NOT NULL, 
	last_error VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	closed_at DATETIME, 
	route VARCHAR DEFAULT '' NOT NULL, 
	put_off BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_delivery PRIMARY KEY (id), 
	CONSTRAINT uq_delivery_idempotency_key UNIQUE (idempotency_key), 
	CONSTRAINT uq_delivery_group_id_receiver_reason UNIQUE (group_id, receiver, reason), 
	CONSTRAINT fk_delivery_group_id_alert_group FOREIGN KEY(group_id) REFERENCES alert_group (id), 
	CONSTRAINT ck_delivery_state CHECK (state = 'pending' OR state = 'leased' OR state = 'delivered' OR state = 'refused' OR state = 'dead' OR state = 'digested' OR state = 'orphaned')
);

CREATE INDEX ix_delivery_receiver_delivery_state ON delivery (receiver, state);

CREATE INDEX ix_delivery_created_at ON delivery (created_at);

CREATE INDEX ix_delivery_state_delivery_next_try_at ON delivery (state, next_try_at);

CREATE INDEX ix_document_report ON document (region, body, kind, period_first);

CREATE INDEX ix_observation_held ON observation (held_at) WHERE held IS NOT NULL;

CREATE TABLE "edition" (
	id INTEGER NOT NULL, 
	document_id INTEGER NOT NULL, 
	capture_id INTEGER NOT NULL, 
	previous_id INTEGER, 
	extractor_version VARCHAR NOT NULL, 
	reader_version VARCHAR NOT NULL, 
	text_sha256 VARCHAR NOT NULL, 
	origin VARCHAR NOT NULL, 
	cause VARCHAR NOT NULL, 
	baseline BOOLEAN NOT NULL, 
	observations INTEGER NOT NULL, 
	unread INTEGER NOT NULL, 
	ignored JSON NOT NULL, 
	searchable BOOLEAN NOT NULL, 
	evaluated BOOLEAN NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_edition PRIMARY KEY (id), 
	CONSTRAINT fk_edition_capture_id_capture FOREIGN KEY(capture_id) REFERENCES capture (id), 
	CONSTRAINT fk_edition_previous_id_edition FOREIGN KEY(previous_id) REFERENCES edition (id), 
	CONSTRAINT fk_edition_document_id_document FOREIGN KEY(document_id) REFERENCES document (id), 
	CONSTRAINT uq_edition_capture_id_extractor_version_reader_version UNIQUE (capture_id, extractor_version, reader_version), 
	CONSTRAINT fk_edition_text_sha256_canonical_text FOREIGN KEY(text_sha256) REFERENCES canonical_text (sha256), 
	CONSTRAINT ck_edition_origin CHECK (origin = 'ordinary' OR origin = 'first_run' OR origin = 'backfill' OR origin = 'reread' OR origin = 'import'), 
	CONSTRAINT ck_edition_cause CHECK (cause = 'first' OR cause = 'publisher' OR cause = 'reader' OR cause = 'form')
);

CREATE INDEX ix_edition_created_at ON edition (created_at);

CREATE INDEX ix_edition_searchable ON edition (searchable);

CREATE INDEX ix_edition_document_id ON edition (document_id);

INSERT INTO alembic_version (version_num) VALUES ('0009')
