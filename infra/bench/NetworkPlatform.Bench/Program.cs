using NetworkPlatform.Bench;
using Npgsql;
using NpgsqlTypes;

// The least that a sign-up can cost with this framework, this driver and this database: no tenants, no access control, no rules, no
// audit. A guarded update takes the place; where it did, both inserts go in one batch; then the commit. Prepared, on pooled connections.
var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(builder.Configuration["Database:ConnectionString"]) { MaxAutoPrepare = 20 });
await using var app = builder.Build();

app.MapPost("/shifts/{shiftId:guid}/signups", async (Guid shiftId, SignUpRequest request, CancellationToken cancellationToken) =>
{
    var id = Guid.CreateVersion7();
    var now = DateTime.UtcNow;
    await using var connection = await database.OpenConnectionAsync(cancellationToken);
    await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
    await using var take = new NpgsqlCommand("UPDATE bare.shift SET taken = taken + 1 WHERE id = $1 AND taken < places", connection, transaction) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = shiftId } } };
    if (await take.ExecuteNonQueryAsync(cancellationToken) == 0)
    {
        return Results.Conflict();
    }

    await using var batch = new NpgsqlBatch(connection, transaction);
    batch.BatchCommands.Add(Statement("INSERT INTO bare.sign_up (id, shift_id, volunteer_id, at) VALUES ($1, $2, $3, $4)", id, shiftId, request.VolunteerId, now));
    batch.BatchCommands.Add(Statement("INSERT INTO bare.outbox (id, body, at) VALUES ($1, $2, $3)", id, $$"""{"signUpId":"{{id}}","shiftId":"{{shiftId}}"}""", now));
    await batch.ExecuteNonQueryAsync(cancellationToken);
    await transaction.CommitAsync(cancellationToken);
    return Results.Created($"/signups/{id}", new SignUpAnswer(id, "confirmed", []));
});

await app.RunAsync();

static NpgsqlBatchCommand Statement(string sql, params ReadOnlySpan<object> values)
{
    var statement = new NpgsqlBatchCommand(sql);
    foreach (var value in values)
    {
        statement.Parameters.Add(value switch
        {
            Guid id => new NpgsqlParameter<Guid> { TypedValue = id },
            DateTime at => new NpgsqlParameter<DateTime> { TypedValue = at, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            _ => new NpgsqlParameter<string> { TypedValue = (string)value },
        });
    }

    return statement;
}
