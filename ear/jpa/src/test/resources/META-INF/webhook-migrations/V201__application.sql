create table application_table (tenant_id varchar(36) references webhook_tenant (id));
insert into application_table (tenant_id) values (null);
