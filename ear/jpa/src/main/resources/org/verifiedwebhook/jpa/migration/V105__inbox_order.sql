-- What is done of an ordering key is passed over without being read.

create index webhook_inbox_of_key on webhook_inbox (ordering_key, state, id);
drop index webhook_inbox_order;
