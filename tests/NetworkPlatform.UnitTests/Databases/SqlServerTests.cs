using System.Data;
using System.Data.Common;
using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using NetworkPlatform.Platform.Tenancy;
using NetworkPlatform.Rostering;
using NetworkPlatform.SqlServer;

namespace NetworkPlatform.UnitTests.Databases;

/// <summary>What SQL Server would be sent and how its failures are read, without one.</summary>
public sealed class SqlServerTests
{
    private static readonly TenantInfo Tenant = new(Guid.CreateVersion7(), "here", "Here", Guid.CreateVersion7(), IsSuspended: false, "en-GB", "Europe/London", "GBP");

    [Fact]
    public async Task The_binding_and_the_locks_go_ahead_once_and_uncounted()
    {
        await using var context = Context();
        var id = Guid.CreateVersion7();
        context.BindingIsDue = true;
        context.LockAhead("rostering.shifts", $"tenant_id = {Tenant.Id} AND id = {id}");
        context.LockNameAhead("a name");
        context.LockNameToldAhead($"SELECT concat('person ', person_id) FROM rostering.volunteers WHERE id = {id}");

        using var first = await Send(context, walled: true);
        using var second = await Send(context, walled: true);

        first.CommandText.ShouldBe(
            "SET NOCOUNT ON; "
            + "EXEC sp_set_session_context N'tenant_id', @value_0, @read_only = 1; EXEC sp_set_session_context N'network_id', @value_1, @read_only = 1; "
            + "DECLARE @locked_0 int; SELECT @locked_0 = 1 FROM rostering.shifts WITH (UPDLOCK, ROWLOCK) WHERE tenant_id = @value_2 AND id = @value_3; "
            + "DECLARE @name_1 nvarchar(255) = (@value_4); IF @name_1 IS NOT NULL EXEC sp_getapplock @Resource = @name_1, @LockMode = 'Exclusive'; "
            + "DECLARE @name_2 nvarchar(255) = (SELECT concat('person ', person_id) FROM rostering.volunteers WHERE id = @value_5); "
            + "IF @name_2 IS NOT NULL EXEC sp_getapplock @Resource = @name_2, @LockMode = 'Exclusive'; "
            + "SET NOCOUNT OFF; SELECT 1");
        first.Parameters.Cast<SqlParameter>().Select(p => p.Value).ShouldBe([Tenant.Id, Tenant.NetworkId, Tenant.Id, id, "a name", id]);
        second.CommandText.ShouldBe("SELECT 1");
    }

    [Fact]
    public async Task A_transaction_is_due_to_be_bound_although_an_interceptor_began_it()
    {
        await using var context = Context(interceptor: new NoServer());

        await using var transaction = await context.Database.BeginTransactionAsync();

        context.BindingIsDue.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_row_level_security_nothing_is_bound_and_an_update_locks()
    {
        await using var context = Context();
        context.BindingIsDue = true;
        using var bound = await Send(context, walled: false);
        context.LockAhead("rostering.shifts", $"id = {Tenant.Id}");
        context.InsertAhead("platform.inbox_messages", $"(id) VALUES ({Tenant.Id})");

        using var command = await Send(context, walled: false);

        bound.CommandText.ShouldBe("SELECT 1");
        command.CommandText.ShouldBe(
            "SET NOCOUNT ON; UPDATE rostering.shifts SET id = id WHERE id = @value_0; INSERT INTO platform.inbox_messages (id) VALUES (@value_1); SET NOCOUNT OFF; SELECT 1");
    }

    [Theory]
    [InlineData(2601, "Cannot insert duplicate key row in object 'platform.inbox_messages' with unique index 'ux_inbox_messages_message'. The duplicate key value is (ux_sign_ups_active).", "ux_inbox_messages_message")]
    [InlineData(2601, "Cannot insert duplicate key row in object 'rostering.sign_ups' with unique index 'ux_sign_ups_active'. The duplicate key value is (x).", "ux_sign_ups_active")]
    [InlineData(2627, "duplicate key value violates unique constraint \"ux_inbox_messages_messageinbox_0a1b2c\"", "ux_inbox_messages_message")]
    [InlineData(2627, "Violation of PRIMARY KEY constraint 'PK_shifts'. Cannot insert duplicate key in object 'rostering.shifts'.", "")]
    public void A_unique_key_is_named_as_in_the_model_bare_or_wrapped(int number, string message, string expected)
    {
        using var context = Context();
        var database = new SqlServerDatabase();
        var bare = Failure(number, message);

        foreach (var exception in (Exception[])[bare, new DbUpdateException("x", bare), new InvalidOperationException("x", new DbUpdateException("x", bare))])
        {
            database.IsUniqueViolation(exception, context, out var key).ShouldBeTrue();
            key.ShouldBe(expected);
            database.IsTransient(exception).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task A_tenant_is_served_only_where_it_is_not_absent_and_whoever_moves_it_waits()
    {
        using var context = Context(followsTenant: true);
        context.BindingIsDue = true;

        using var command = await Send(context, walled: true);

        command.CommandText.ShouldStartWith(
            "SET NOCOUNT ON; EXEC sp_getapplock @Resource = @value_0, @LockMode = 'Shared'; IF EXISTS (SELECT 1 FROM platform.absent_tenants WHERE id = @value_1) THROW 51503, N'tenant-absent', 1;");
        command.Parameters["@value_0"].Value.ShouldBe($"presence {Tenant.Id}");
        command.CommandText.ShouldContain("EXEC sp_set_session_context N'tenant_id', @value_2, @read_only = 1");
        new SqlServerDatabase().IsTenantAbsent(new InvalidOperationException("x", Failure(51503, "tenant-absent"))).ShouldBeTrue();
        new SqlServerDatabase().IsTenantAbsent(Failure(1205, "tenant-absent")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1205, true)]
    [InlineData(3960, true)]
    [InlineData(3961, true)]
    [InlineData(-2, false)]
    [InlineData(547, false)]
    public void Only_a_conflict_is_worth_another_try(int number, bool transient)
    {
        using var context = Context();
        var failure = new InvalidOperationException("as EF wraps it", new DbUpdateException("x", Failure(number, "ux_sign_ups_active")));

        new SqlServerDatabase().IsTransient(failure).ShouldBe(transient);
        new SqlServerDatabase().IsUniqueViolation(failure, context, out var key).ShouldBeFalse();
        key.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", 30)]
    [InlineData(";Max Pool Size=100", 100)]
    public void Each_module_has_a_pool_of_its_own_without_mars_or_retries(string setting, int size)
    {
        using var context = Context("Server=nowhere;MultipleActiveResultSets=true" + setting);

        var connection = new SqlConnectionStringBuilder(context.Database.GetConnectionString());
        connection.ApplicationName.ShouldBe("networkplatform rostering");
        connection.MaxPoolSize.ShouldBe(size);
        connection.MultipleActiveResultSets.ShouldBeFalse();
        context.Database.CreateExecutionStrategy().RetriesOnFailure.ShouldBeFalse();
    }

    private static RosteringDbContext Context(string connection = "Server=nowhere", IInterceptor? interceptor = null, bool followsTenant = false)
    {
        var options = new DbContextOptionsBuilder<RosteringDbContext>();
        if (interceptor is not null)
        {
            options.AddInterceptors(interceptor);
        }

        new SqlServerDatabase().Configure(options, connection, "rostering");
        var context = new RosteringDbContext(options.Options);
        var tenant = new TenantContext();
        tenant.Resolve(Tenant);
        context.Bind(tenant, followsTenant);
        return context;
    }

    private static async Task<SqlCommand> Send(RosteringDbContext context, bool walled)
    {
        var command = new SqlCommand("SELECT 1");
        var data = new CommandEventData(
            null!, null!, context.Database.GetDbConnection(), command, "", context, DbCommandMethod.ExecuteReader, Guid.Empty, Guid.Empty, true, false, default, CommandSource.LinqQuery);
        await new TenantBinding(walled).ReaderExecutingAsync(command, data, default);
        return command;
    }

    /// <summary>Only the client itself can make one.</summary>
    private static SqlException Failure(int number, string message)
    {
        const BindingFlags NonPublic = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var errors = Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        var make = typeof(SqlError).GetConstructors(NonPublic).OrderBy(c => c.GetParameters().Length).First();
        object?[] facts = [.. make.GetParameters().Select(p => p.Name switch
        {
            "infoNumber" => number,
            "errorMessage" => message,
            _ => p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : null,
        })];
        typeof(SqlErrorCollection).GetMethod("Add", NonPublic)!.Invoke(errors, [make.Invoke(facts)]);
        return (SqlException)typeof(SqlException).GetMethods(NonPublic).First(m => m.Name == "CreateException" && m.GetParameters().Length == 2).Invoke(null, [errors, "16.0"])!;
    }

    private sealed class NoServer : DbConnectionInterceptor, IDbTransactionInterceptor
    {
        public override ValueTask<InterceptionResult> ConnectionOpeningAsync(
            DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) => new(InterceptionResult.Suppress());

        public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default) =>
            new(InterceptionResult<DbTransaction>.SuppressWithResult(new NoTransaction(connection)));
    }

    private sealed class NoTransaction(DbConnection connection) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        protected override DbConnection DbConnection => connection;

        public override void Commit() => throw new NotSupportedException();

        public override void Rollback() => throw new NotSupportedException();
    }
}
