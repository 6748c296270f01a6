using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Endpoints that are the features of a molecular source: their keys, and what they ask of a study.</summary>
internal sealed class MolecularEndpointsBinder(StudyErrors errors)
{
    private static readonly string[] Genomic = [PredictorSources.Mutations, PredictorSources.Expression, PredictorSources.CopyNumber];

    public static MapSpec Keys => new(
    [
        new("from", new ChoiceSpec(Genomic), "A genomic source of the study; each of its features is an endpoint with models and validation of its own, a mutation as binary and expression and copy number as continuous.", Required: true),
        new("min_frequency", new NumberSpec(0, 1), "Mutations: the least share of sequenced cases with a mutation in the gene; every gene that genomics reads if not given."),
    ]);

    /// <summary>Null where the study names its endpoint itself.</summary>
    public MolecularEndpoints? Bind(YamlMapping map)
    {
        if (map.Find("endpoints") is not YamlMapping many)
            return null;
        var endpoints = new MolecularEndpoints(many.Text("from")!, many.Number("min_frequency"));
        return endpoints.MinFrequency is not null && endpoints.From != PredictorSources.Mutations
            ? throw errors.At(many.Find("min_frequency")!, "study.combination", "'min_frequency' cannot be given here: only mutations have one; list genes under genomics")
            : endpoints;
    }

    /// <summary>The endpoint that stands for all while none is known: it has their kind.</summary>
    public static StudyEndpoint Template(MolecularEndpoints endpoints) => Of(endpoints, endpoints.From);

    public static StudyEndpoint Of(MolecularEndpoints endpoints, string column) => endpoints.From == PredictorSources.Mutations
        ? new(column, EndpointKind.Binary, "1") { Source = endpoints.From }
        : new(column, EndpointKind.Continuous) { Source = endpoints.From };

    /// <summary>What is predicted must be read and be no predictor, and many endpoints must be corrected for each other.</summary>
    public void Check(YamlMapping map, Study study, IReadOnlyList<string> sources)
    {
        if (study.MolecularEndpoints is not { } endpoints)
            return;
        var from = ((YamlMapping)map.Find("endpoints")!).Find("from")!;
        if (!sources.Contains(endpoints.From, StringComparer.Ordinal))
            throw errors.At(from, "study.combination", $"the study does not read '{endpoints.From}': name it under genomics");
        if (study.Compare.Any(set => set.Parts.Contains(endpoints.From, StringComparer.Ordinal)))
            throw errors.At(map.Find("compare") ?? from, "study.combination", $"'{endpoints.From}' is predicted and cannot be a predictor: name the other sets under compare");
        if (study.Validate.Permutation is null)
            throw errors.At(map.Find("validate")!, "study.combination", "endpoints of a source are corrected for each other by the p of the label-permutation test: add permutation_test to validate");
        if (study.Association is not null)
            throw errors.At(map.Find("association")!, "study.combination", "a run of many endpoints makes no map: put the map into a study of its own, for the command associate");
    }
}
