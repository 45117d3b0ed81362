-- Verified deliveries that wait to be handled, or have been. The body is as it came.

-- One value for a group of rows that are committed together, so that ids are in the order of arrival on every node.
create sequence webhook_inbox_group;

create table webhook_inbox (
    id             bigint       not null primary key,
    sender         varchar(64)  not null,
    tenant         varchar(256),
    claimed_tenant varchar(256),
    delivery_id    varchar(256),
    id_signed      boolean      not null,
    event_type     varchar(256),
    assurance      varchar(16)  not null,
    secret_label   varchar(256),
    received_at_ms bigint       not null,
    ordering_key   varchar(64),
    body           ${binary}    not null,
    state          varchar(16)  not null,
    attempts       integer      not null,
    fence          bigint       not null,
    due_at_ms      bigint       not null,
    changed_at_ms  bigint       not null,
    reason         varchar(1000)
);

create index webhook_inbox_due on webhook_inbox (state, due_at_ms);
create index webhook_inbox_order on webhook_inbox (ordering_key, id);
create index webhook_inbox_changed on webhook_inbox (state, changed_at_ms);
