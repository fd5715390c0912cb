using MassTransit;

namespace NetworkPlatform.Registry.Imports;

internal sealed class WhenImportRequested(IMediator mediator) : IConsumer<ImportRequested>
{
    public Task Consume(ConsumeContext<ImportRequested> context) =>
        mediator.SendOrThrow(new RunImport.Command(context.Message.ImportId), context.CancellationToken);
}
