using MassTransit;

namespace NetworkPlatform.Platform.Messaging;

/// <summary>Something that a node remembers, which must hear of an event on every node. It changes memory alone: a lost message must do no lasting harm.</summary>
public interface IHearOnEveryNode<in TEvent>
    where TEvent : class
{
    void Hear(TEvent @event);
}

/// <summary>Brings an event to the node's memory, through a queue that is the node's own.</summary>
internal sealed class OnEveryNode<TEvent>(IHearOnEveryNode<TEvent> memory) : IConsumer<TEvent>
    where TEvent : class
{
    public Task Consume(ConsumeContext<TEvent> context)
    {
        memory.Hear(context.Message);
        return Task.CompletedTask;
    }
}
