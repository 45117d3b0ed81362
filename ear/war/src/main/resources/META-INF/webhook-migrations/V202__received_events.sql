-- What the sample does with an event, so that its one effect can be seen and counted.

create table webhook_received_event (
    id             varchar(36)   not null primary key,
    sender         varchar(64)   not null,
    tenant         varchar(2000),
    event_type     varchar(2000),
    delivery_id    varchar(2000),
    received_at_ms bigint        not null
);
