using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Workflows;

public sealed record ExchangeIntakeInput(SubmissionKey Submission, CohortPlace Place, string Marker);

public static class ExchangeIntakeWorkflow
{
    public static readonly Workflow<ExchangeIntakeInput, bool> Definition = new("exchange-intake", 1, (run, input) => Task.FromResult(true));
}
