using MediatR;
using NetworkPlatform.Platform.Pipeline;
using NetworkPlatform.Platform.Results;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>A consumer's command was refused; the message is tried again, then set aside with this reason.</summary>
public sealed class CommandRefusedException(Error error) : Exception($"{Error.NameOf(error.GetType())}: {error.Detail}")
{
    public Error Error { get; } = error;
}

public static class SendFromConsumer
{
    /// <summary>Sends a consumer's command; a refusal throws, so that the message is not lost.</summary>
    public static async Task SendOrThrow<TResponse>(this IMediator mediator, ICommand<TResponse> command, CancellationToken cancellationToken)
        where TResponse : notnull
    {
        var result = await mediator.Send(command, cancellationToken);
        if (!result.IsSuccess)
        {
            throw new CommandRefusedException(result.Error);
        }
    }
}
