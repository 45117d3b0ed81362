-- Who answers which number: what the Cloudonix endpoints of the sample look up. For H2 and PostgreSQL.

create table sample_organisation (
    id          bigint       not null primary key,
    name        varchar(200) not null,
    domain_uuid varchar(64)  not null,
    active      boolean      not null,
    demo        boolean      not null,
    constraint sample_organisation_domain unique (domain_uuid)
);

-- A direct dial-in number belongs to one organisation.
create table sample_did (
    number          varchar(32) not null primary key,
    organisation_id bigint      not null references sample_organisation (id),
    active          boolean     not null
);

-- An extension number may be used by several organisations.
create table sample_extension (
    id              bigint      not null primary key,
    organisation_id bigint      not null references sample_organisation (id),
    number          varchar(32) not null,
    active          boolean     not null,
    constraint sample_extension_number unique (number, organisation_id)
);

create table sample_route (
    id              bigint       not null primary key,
    organisation_id bigint       not null references sample_organisation (id),
    number          varchar(32)  not null,
    position        integer      not null,
    target          varchar(128) not null,
    constraint sample_route_position unique (organisation_id, number, position)
);

create table sample_ivr_menu (
    organisation_id bigint       not null primary key references sample_organisation (id),
    prompt          varchar(500) not null
);

create table sample_ivr_option (
    organisation_id bigint       not null references sample_ivr_menu (organisation_id),
    digits          varchar(32)  not null,
    target          varchar(128) not null,
    primary key (organisation_id, digits)
);

create table sample_ring_group (
    id              bigint       not null primary key,
    organisation_id bigint       not null references sample_organisation (id),
    name            varchar(100) not null,
    constraint sample_ring_group_name unique (organisation_id, name)
);

create table sample_ring_group_member (
    ring_group_id bigint       not null references sample_ring_group (id),
    position      integer      not null,
    target        varchar(128) not null,
    primary key (ring_group_id, position)
);
