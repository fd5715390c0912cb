[assembly: AssemblyFixture(typeof(DatabaseServer))]
[assembly: AssemblyFixture(typeof(RabbitMqNode))]
