[assembly: AssemblyFixture(typeof(PostgreSqlCluster))]
[assembly: AssemblyFixture(typeof(RabbitMqNode))]
