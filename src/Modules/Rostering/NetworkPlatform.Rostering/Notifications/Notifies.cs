using MassTransit;
using NetworkPlatform.Platform.Mailing;

namespace NetworkPlatform.Rostering.Notifications;

/// <summary>Has an event told by mail; where no mail can be sent, nothing is noted and no transaction spent on it.</summary>
internal abstract class Notifies<TEvent>(IMediator mediator, Mailer mailer) : IConsumer<TEvent>
    where TEvent : class
{
    public Task Consume(ConsumeContext<TEvent> context) =>
        mailer.IsConfigured && ToTell(context.Message) is { } command ? mediator.SendOrThrow(command, context.CancellationToken) : Task.CompletedTask;

    protected abstract QueueNotifications.Command? ToTell(TEvent message);
}
