using System.Collections.Concurrent;
using System.Text.Json;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Functions.Tests.Durable;

internal sealed record Numbers(IReadOnlyList<int> Values);

internal sealed record Number(int Value);

/// <summary>A step and workflows that the product knows nothing of: that they run is what dispatch by name means.</summary>
internal static class Toy
{
    public static readonly CohortPlace Place = CohortPlace.Of("toy");
    public static readonly Step<Number, Number> Square = new("toy-square", 1);
    public static readonly Workflow<Numbers, Number> Part = new("toy-part", 1, Squares);
    public static readonly Workflow<Numbers, Number> Sum = new("toy-sum", 1, Halves);
    public static readonly Workflow<Numbers, Number> NewerSum = new("toy-sum", 2, Halves);

    public static WorkflowCall Call<TIn, TOut>(Workflow<TIn, TOut> workflow, string jobId, TIn input) =>
        new(workflow.Name, workflow.Version, jobId, Place, CanonicalJson.ToElement(input));

    public static JsonElement Outcome(int value) => CanonicalJson.ToElement(Pipeline.Outcome.Of(new Number(value)));

    private static async Task<Number> Squares(IWorkflow run, Numbers input)
    {
        await run.Checkpoint(new("squares", 0, input.Values.Count));
        var done = 0;
        var squares = await input.Values.FanOut(4, async (value, _) =>
        {
            var square = (await run.Run(Square, new(value))).Require();
            await run.Checkpoint(new("squares", ++done, input.Values.Count));
            return square.Value;
        });
        return new(squares.Sum());
    }

    private static async Task<Number> Halves(IWorkflow run, Numbers input)
    {
        await run.Checkpoint(new("squares", 0, input.Values.Count));
        int[][] halves = [[.. input.Values.Take(input.Values.Count / 2)], [.. input.Values.Skip(input.Values.Count / 2)]];
        var sums = await halves.FanOut(2, (half, index) => run.Run(Part, $"part-{index}", new Numbers(half)));
        await run.Checkpoint(new("sum", 1, 1));
        return new(sums.Sum(s => s.Value));
    }

    /// <summary>Squares; what it does before is the test's affair.</summary>
    public sealed class SquareStep(Action<int>? before = null) : IStepHandler<Number, Number>
    {
        public ConcurrentBag<int> Done { get; } = [];

        public Step<Number, Number> Step => Square;

        public Task<Outcome<Number>> Run(Number input, StepContext context, CancellationToken cancel)
        {
            before?.Invoke(input.Value);
            Done.Add(input.Value);
            return Task.FromResult(Pipeline.Outcome.Of(new Number(input.Value * input.Value)));
        }
    }
}
