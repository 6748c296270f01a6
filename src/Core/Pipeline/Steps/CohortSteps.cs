using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Pipeline.Steps.Association;
using RadiogenomicsCloud.Pipeline.Steps.Endpoints;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Steps.Surveillance;

namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>All steps of the product. A new step is added here and nowhere else.</summary>
public static class CohortSteps
{
    /// <summary>Names and versions, for the provenance.</summary>
    public static IReadOnlyDictionary<string, int> Versions { get; } =
        new SortedDictionary<string, int>(Catalogue().Steps.ToDictionary(s => s.Name, s => s.Version), StringComparer.Ordinal);

    /// <summary>Names and versions of the steps that a study can have: explaining, the map and many endpoints are told only where they are asked for.</summary>
    public static IReadOnlyDictionary<string, int> VersionsOf(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        string[] absent =
        [
            .. study.Explain is null ? new[] { ImportanceStep.Definition.Name, ExplainStep.Definition.Name } : [],
            .. study.Association is null ? new[] { AssembleMapStep.Definition.Name, AssociateStep.Definition.Name, MapResultsStep.Definition.Name } : [],
            .. study.MolecularEndpoints is null ? new[] { ExpandEndpointsStep.Definition.Name, EndpointsResultsStep.Definition.Name } : [],
        ];
        return new SortedDictionary<string, int>(Versions.Where(v => !absent.Contains(v.Key, StringComparer.Ordinal)).ToDictionary(v => v.Key, v => v.Value), StringComparer.Ordinal);
    }

    /// <summary>Handlers that share what they read: one catalogue serves one host.</summary>
    /// <param name="workers">Threads of a step that has its workflow to itself and divides its work.</param>
    public static StepCatalogue Catalogue(int workers = 1)
    {
        var snapshots = new SnapshotReader();
        var analyses = new AnalysisReader();
        return new StepCatalogue()
            .Add(new CertifyStep())
            .Add(new InventoryStep(snapshots))
            .Add(new OpenPartStep())
            .Add(new ExtractStep(snapshots))
            .Add(new GatherImagesStep())
            .Add(new JoinImagesStep())
            .Add(new AssembleStep(snapshots))
            .Add(new AssembleMapStep(snapshots))
            .Add(new AssociateStep(workers))
            .Add(new MapResultsStep(snapshots))
            .Add(new ExpandEndpointsStep(snapshots))
            .Add(new EndpointsResultsStep(snapshots))
            .Add(new PlanStep(analyses))
            .Add(new ResampleStep(analyses))
            .Add(new LockStep(analyses))
            .Add(new SummariseStep(analyses))
            .Add(new ImportanceStep(analyses))
            .Add(new ExplainStep(analyses))
            .Add(new CompareStep(analyses))
            .Add(new ScoreStep(analyses))
            .Add(new SurveyStep(analyses))
            .Add(new ResultsStep(snapshots, analyses));
    }
}
