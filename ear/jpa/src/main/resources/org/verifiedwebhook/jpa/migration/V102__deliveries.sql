-- Deliveries claimed and done. The keys are digests, so that no collation and no length can make two of them one.

create table webhook_delivery (
    id              varchar(36)  not null primary key,
    fingerprint_key varchar(64)  not null,
    id_key          varchar(64),
    sender          varchar(64)  not null,
    tenant          varchar(256) not null,
    state           varchar(16)  not null,
    fence           bigint       not null,
    lease_until_ms  bigint       not null,
    forget_at_ms    bigint       not null,
    answer_status   integer,
    answer_headers  varchar,
    answer_body     ${binary},
    created_at_ms   bigint       not null,
    constraint webhook_delivery_fingerprint unique (fingerprint_key),
    constraint webhook_delivery_id unique (id_key)
);

create index webhook_delivery_forget on webhook_delivery (forget_at_ms);
