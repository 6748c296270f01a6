using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Tables;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Endpoints;

/// <param name="Content">Hash over the paths and contents of the cohort, as in the inventory.</param>
/// <param name="Images">An <see cref="ImageResults"/> of all cases; null where the study has no images.</param>
/// <param name="Study">A <see cref="Study"/> of many endpoints.</param>
/// <param name="FewestOfAClass">An endpoint with fewer patients of either class is left out.</param>
public sealed record ExpandEndpointsInput(
    [property: NotInKey] ArtifactRef Snapshot, string Content, ArtifactRef? Images, ArtifactRef Study, int FewestOfAClass);

/// <param name="Name">The column.</param>
/// <param name="Study">The <see cref="Study"/> of this endpoint alone.</param>
/// <param name="Settings">Its <see cref="AssemblySettings"/>.</param>
public sealed record ExpandedEndpoint(string Name, ArtifactRef Study, ArtifactRef Settings);

/// <param name="Skipped">A <see cref="SkippedEndpoints"/>.</param>
public sealed record ExpandEndpointsOutput(IReadOnlyList<ExpandedEndpoint> Endpoints, ArtifactRef Skipped);

public sealed record SkippedEndpoints(IReadOnlyList<SkippedEndpoint> Features);

/// <summary>Names the endpoints of a study that predicts the features of a source: those that enough analysed cases of each class have.</summary>
public sealed class ExpandEndpointsStep(SnapshotReader snapshots) : IStepHandler<ExpandEndpointsInput, ExpandEndpointsOutput>
{
    /// <summary>The files of more would not pass between steps, and each is a whole study.</summary>
    public const int MostEndpoints = 25;

    private const int LongestName = 64;

    public static readonly Step<ExpandEndpointsInput, ExpandEndpointsOutput> Definition = new("expand-endpoints", 1);

    public Step<ExpandEndpointsInput, ExpandEndpointsOutput> Step => Definition;

    public async Task<Outcome<ExpandEndpointsOutput>> Run(ExpandEndpointsInput input, StepContext context, CancellationToken cancel)
    {
        var study = await context.Artifacts.GetJson<Study>(input.Study, cancel);
        var many = study.MolecularEndpoints ?? throw new InvalidOperationException("The study names its endpoint itself.");
        var settings = AssemblySettings.Of(study);
        var snapshot = await snapshots.Get(context, input.Snapshot, cancel);
        var cases = await CohortCases.Read(snapshot, settings.Columns, context.Cohort, cancel);
        var images = input.Images is { } reference ? await context.Artifacts.GetJson<ImageResults>(reference, cancel) : new([]);
        var (documents, _) = await AssembleStep.Load(images, context, cancel);
        var sources = await CohortSources.Read(settings, snapshot, cases, documents, images, context.Cohort, cancel);

        var (named, skipped) = (new List<StudyEndpoint>(), new List<SkippedEndpoint>());
        foreach (var column in sources.First(s => s.Name == many.From).ColumnNames)
        {
            var endpoint = MolecularEndpointsBinder.Of(many, column);
            if (WhyNot(endpoint) is { } reason)
                skipped.Add(new(column, reason));
            else
                named.Add(endpoint);
        }
        RequireSome(many, named, skipped);

        var expanded = new List<ExpandedEndpoint>();
        foreach (var endpoint in named)
        {
            var single = study with { Endpoints = [endpoint], MolecularEndpoints = null };
            expanded.Add(new(
                endpoint.Column, await context.Artifacts.PutJson(single, cancel), await context.Artifacts.PutJson(AssemblySettings.Of(single), cancel)));
        }
        return Outcome.Of(new ExpandEndpointsOutput(expanded, await context.Artifacts.PutJson(new SkippedEndpoints(skipped), cancel)));

        string? WhyNot(StudyEndpoint endpoint)
        {
            if (endpoint.Column.Length > LongestName)
                return FormattableString.Invariant($"Its name has more than {LongestName} characters.");
            EndpointColumn values;
            try
            {
                values = cases.EndpointOf(endpoint, sources)!;
            }
            catch (BadInputException bad)
            {
                return bad.Message;
            }
            if (values is BinaryEndpointColumn status && many.MinFrequency is { } least && status.Values.Count(v => v) < least * status.Values.Length)
                return FormattableString.Invariant($"{status.Values.Count(v => v)} of {status.Values.Length} cases have it, fewer than the share of {least} asked for.");
            var analysed = AssembleStep.Records(cases, values, settings, sources, documents).Where(r => r.Status == CaseStatus.Analysed).ToList();
            var groups = EndpointGroups.Of(EndpointDocument.Of(values, [.. analysed.Select(r => r.CaseId)]), [.. analysed.Select(r => r.Patient)]);
            return groups.Any(g => g.Patients < input.FewestOfAClass)
                ? FormattableString.Invariant($"Of the cases that can be analysed there are {EndpointGroups.Describe(groups, "patients")}; at least {input.FewestOfAClass} of each are needed.")
                : null;
        }
    }

    private static void RequireSome(MolecularEndpoints many, List<StudyEndpoint> named, List<SkippedEndpoint> skipped)
    {
        if (named.Count == 0)
        {
            throw new StudyFailedException(
                "endpoints.none", $"None of the {skipped.Count} features of {many.From} can be an endpoint{(skipped.Count == 0 ? "" : $"; {skipped[0].Name}: {skipped[0].Reason}")}");
        }
        if (named.Count > MostEndpoints)
        {
            throw new StudyFailedException(
                "endpoints.too-many",
                $"{named.Count} features of {many.From} can be endpoints, and a run has at most {MostEndpoints}: {(many.From == PredictorSources.Mutations ? "raise endpoints.min_frequency or " : "")}list genes under genomics.");
        }
    }
}
