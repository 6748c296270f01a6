using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Intake;

namespace RadiogenomicsCloud.Service.Workflows;

/// <summary>Every case of a few parts: as much as one history can bear.</summary>
public static class IntakeShardWorkflow
{
    /// <summary>128 cases: some 600 events, 300 KB.</summary>
    internal const int MostParts = 8;

    private const int CasesAtOnce = 32;

    public static readonly Workflow<IntakeRange, IntakeRangeOutput> Definition = new("intake-shard", 1, Body);

    private static async Task<IntakeRangeOutput> Body(IWorkflow run, IntakeRange input)
    {
        var places = Enumerable.Range(0, input.PartCount).ToList();
        var parts = await places.FanOut(
            MostParts, async (place, _) => (await run.Run(OpenIntakePartStep.Definition, new(input.Listing, input.FirstPart + place))).Require());

        // All parts side by side: a case that takes long holds up the end of the shard alone.
        var units = places.SelectMany(place => parts[place].Units.Select((unit, index) => (Place: place, Unit: unit, Index: index))).ToList();
        var done = 0;
        var outcomes = await units.FanOut(CasesAtOnce, async (at, _) =>
        {
            var outcome = await run.Run(CheckCaseStep.Definition, new(
                parts[at.Place].Part, at.Index, at.Unit.CaseId, at.Unit.Content, input.Archives, input.RequireDeidentified));
            if (at.Unit.CaseId is not null)
                await run.Checkpoint(new(CohortIntake.Stage, ++done, units.Count));
            return (at.Place, Checked: outcome.Require());
        });
        var gathered = await outcomes.GroupBy(o => o.Place, o => o.Checked).ToList().FanOut(
            MostParts, async (part, _) => (await run.Run(JoinCheckedStep.Definition, new([.. part]))).Require());
        var joined = gathered.Length == 1 ? gathered[0] : (await run.Run(JoinCheckedStep.Definition, new(gathered))).Require();
        return new(joined, units.Count(u => u.Unit.CaseId is not null));
    }
}
