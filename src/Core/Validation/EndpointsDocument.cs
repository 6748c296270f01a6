using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>What models of many endpoints are worth: the content of <c>endpoints.json</c>.</summary>
/// <param name="Results">One a predictor set, model and endpoint, endpoints in the order of their source.</param>
/// <param name="Skipped">Features of the source that could not be endpoints.</param>
public sealed record EndpointsDocument(int Schema, IReadOnlyList<EndpointResult> Results, IReadOnlyList<SkippedEndpoint> Skipped)
{
    /// <summary>
    /// Joins the performance of all endpoints and corrects the p of the label-permutation tests over all of them: the family is every endpoint under
    /// every predictor set and model. Benjamini–Hochberg and Holm need no more than valid p, which a permutation test gives in any sample.
    /// Results without a p are no members of the family.
    /// </summary>
    public static EndpointsDocument Of(IReadOnlyList<(string Folder, PerformanceDocument Performance)> endpoints, IReadOnlyList<SkippedEndpoint> skipped)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var results = endpoints.SelectMany(e => e.Performance.Models.Select(m => new EndpointResult(
            e.Performance.Endpoint, e.Folder, m.PredictorSet, m.Model, m.Cases, m.Events, m.Estimates[0], m.Permutation?.PValue, null, null))).ToList();
        int[] tested = [.. Enumerable.Range(0, results.Count).Where(r => results[r].P is not null)];
        double[] p = [.. tested.Select(r => results[r].P!.Value)];
        var (q, holm) = (Multiplicity.BenjaminiHochberg(p), Multiplicity.Holm(p));
        for (var t = 0; t < tested.Length; t++)
            results[tested[t]] = results[tested[t]] with { Q = q[t], FamilyWiseP = holm[t] };
        return new(1, results, skipped);
    }
}

/// <summary>One endpoint under one predictor set and model.</summary>
/// <param name="Folder">Of its own files, below the run's folder.</param>
/// <param name="Events">Cases with the event, of a binary endpoint; 0 for others.</param>
/// <param name="Leading">The leading estimate, on unseen cases.</param>
/// <param name="P">Of the label-permutation test of the whole pipeline; null where its value could not be made.</param>
/// <param name="Q">Benjamini–Hochberg over all results that have a p.</param>
/// <param name="FamilyWiseP">Holm over the same.</param>
public sealed record EndpointResult(
    string Endpoint, string Folder, string PredictorSet, string Model, int Cases, int Events, Estimate Leading, double? P, double? Q, double? FamilyWiseP);

/// <summary>A feature that is no endpoint of the run.</summary>
public sealed record SkippedEndpoint(string Name, string Reason);
