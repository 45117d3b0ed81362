-- One script for H2 and PostgreSQL: ids, nonces and ciphertexts are text, instants are milliseconds since 1970.

create table webhook_tenant (
    id            varchar(36)  not null primary key,
    name          varchar(256) not null,
    title         varchar(200) not null,
    active        boolean      not null,
    demo          boolean      not null,
    created_at_ms bigint       not null,
    constraint webhook_tenant_name unique (name)
);

create table webhook_secret (
    id             varchar(36)   not null primary key,
    sender         varchar(64)   not null,
    tenant_id      varchar(36),
    label          varchar(100)  not null,
    key_id         varchar(8)    not null,
    nonce          varchar(16)   not null,
    ciphertext     varchar(2048) not null,
    valid_from_ms  bigint        not null,
    valid_until_ms bigint,
    demo           boolean       not null,
    created_at_ms  bigint        not null,
    constraint webhook_secret_tenant foreign key (tenant_id) references webhook_tenant (id)
);

create index webhook_secret_lookup on webhook_secret (sender, tenant_id);
