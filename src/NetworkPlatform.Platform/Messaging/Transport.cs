using MassTransit;
using NetworkPlatform.Platform.Http;
using NetworkPlatform.Platform.Mailing;
using NetworkPlatform.Platform.Persistence;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>The setting <c>Messaging:Transport</c>: <c>in-memory</c> for one process, <c>rabbitmq</c> (with <c>Messaging:RabbitMq</c>, an AMQP URI) for many.</summary>
internal sealed record TransportSettings(bool InMemory, Uri? RabbitMq)
{
    private const int FiveMinutes = 60;

    /// <summary>How many tries, of one in five seconds, RabbitMQ's messages have after the short ones where it may pass.</summary>
    internal int LongTries { get; init; } = FiveMinutes;

    internal static TransportSettings From(IConfiguration configuration) => configuration["Messaging:Transport"] switch
    {
        null or "" or "in-memory" => new TransportSettings(InMemory: true, null),
        "rabbitmq" => new TransportSettings(InMemory: false, new Uri(configuration["Messaging:RabbitMq"]
            ?? throw new InvalidOperationException("Messaging:RabbitMq must be an AMQP URI when Messaging:Transport is rabbitmq.")))
        {
            LongTries = configuration.GetValue("Messaging:LongTries", FiveMinutes),
        },
        var other => throw new InvalidOperationException($"Messaging:Transport is '{other}'; it must be in-memory or rabbitmq."),
    };
}

internal static class Transport
{
    private static readonly TimeSpan[] AtOnce = [TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];

    /// <summary>One bus, one queue per consumer. A failing message is tried again at once a few times, and with RabbitMQ for minutes where a database, the mail server or another party is away or its command clashes with what is there now; then it goes back to the outbox (<see cref="PutBack"/>). Any other RabbitMQ keeps in the queue's error queue; in memory its outbox row waits.</summary>
    internal static void AddTransport(this IServiceCollection services, IConfiguration configuration, IReadOnlyCollection<ConsumerRegistration> consumers)
    {
        var settings = TransportSettings.From(configuration);
        services.AddSingleton(settings);
        services.AddSingleton(new EventTypes(consumers));
        services.AddSingleton<InMemoryReceipts>();
        services.AddSingleton<MessageDelivery>().AddSingleton<PutBack>();
        services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry(); // else MassTransit would tell its makers about every installation
            foreach (var consumer in consumers)
            {
                bus.AddConsumer(consumer.ConsumerType).Endpoint(e =>
                {
                    e.Name = consumer.Queue;
                    if (consumer.OnEveryNode)
                    {
                        e.InstanceId = $"-{Guid.NewGuid():N}";
                        e.Temporary = true;
                    }
                });
            }

            if (settings.InMemory)
            {
                bus.UsingInMemory((context, transport) =>
                {
                    Configure(context, transport, isWaitedOut: _ => false);
                    transport.ConnectReceiveObserver(context.GetRequiredService<InMemoryReceipts>());
                });
            }
            else
            {
                bus.UsingRabbitMq((context, transport) =>
                {
                    transport.Host(settings.RabbitMq!);

                    var database = context.GetRequiredService<IDatabase>();

                    // While the database is away its messages wait here, and so does one that has overtaken, by another queue, the message that it follows from; in memory they do in the outbox.
                    transport.UseMessageRetry(retry =>
                    {
                        retry.Handle<Exception>(e => MayPass(database, e));
                        retry.Intervals([.. AtOnce, .. Enumerable.Repeat(TimeSpan.FromSeconds(5), settings.LongTries)]);
                    });
                    Configure(context, transport, isWaitedOut: e => MayPass(database, e));
                });
            }
        });
    }

    /// <summary>How often a message is tried before it counts as one that will not pass by waiting.</summary>
    internal static int TriesOf(TransportSettings settings) => 1 + AtOnce.Length + settings.LongTries;

    internal static bool MayPass(IDatabase database, Exception exception) => database.IsAway(exception)
        || exception.Find<CommandRefusedException>()?.Error is Conflict or Unavailable
        || exception.Find<RequestRefusedException>()?.Error is Unavailable
        || exception.Find<MailNotSentException>() is not null
        || exception.Find<HttpRequestException>() is not null
        || exception.Find<ConsumerCanceledException>() is not null; // as MassTransit tells a time-out; a host that ends gives its messages back unasked

    /// <param name="isWaitedOut">What another retry has taken upon itself: of two around the same failure MassTransit lets the outer give up as soon as the inner has.</param>
    private static void Configure<TEndpoint>(IBusRegistrationContext context, IBusFactoryConfigurator<TEndpoint> transport, Func<Exception, bool> isWaitedOut)
        where TEndpoint : IReceiveEndpointConfigurator
    {
        // As many as may be carried out together; who goes first is ConsumerPace's to say.
        transport.PrefetchCount = 100;
        transport.ConcurrentMessageLimit = 100;
        transport.UseMessageRetry(retry =>
        {
            retry.Ignore<Exception>(isWaitedOut);
            retry.Intervals(AtOnce);
        });
        transport.UseConsumeFilter(typeof(ConsumeInTenant<>), context);
        transport.ConfigureEndpoints(context);
    }
}
