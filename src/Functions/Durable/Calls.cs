using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Functions.Durable;

/// <summary>The input of the one orchestrator function: which workflow to run, and whose.</summary>
/// <param name="JobId">The instance of the root workflow.</param>
/// <param name="Place">The cohort that the job's steps read.</param>
public sealed record WorkflowCall(string Name, int Version, string JobId, CohortPlace Place, JsonElement Input);

/// <summary>What a workflow came to. Exactly one of the three is there.</summary>
/// <param name="Stopped">It was cancelled.</param>
public sealed record WorkflowReply(JsonElement? Output = null, Trouble? Trouble = null, bool? Stopped = null);

/// <summary>The input of the one activity function: which step to run, and whose.</summary>
public sealed record StepInvocation(string JobId, CohortPlace Place, StepCall Call);

/// <summary>What a step came to: its serialised outcome, or trouble of the host or its storage that is no outcome.</summary>
public sealed record StepReply(JsonElement? Outcome = null, Trouble? Trouble = null);
