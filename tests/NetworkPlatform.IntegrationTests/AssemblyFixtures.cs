[assembly: AssemblyFixture(typeof(PostgreSqlCluster))]
